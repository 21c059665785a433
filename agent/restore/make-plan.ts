import type { Backup } from '../../protocol/domain/backup.ts';
import type { AskedMoment, RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import type { RestoreMode, RestorePart, SourceMerge } from '../../protocol/domain/restore-order.ts';
import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Work } from '../os/work.ts';
import { findClients } from './clients.ts';
import { expectDowntime, type KnownDowntime } from './downtime.ts';
import { fingerprintOf } from './fingerprint.ts';
import { lookAtMerges } from './look-at-merges.ts';
import { askedFields, modeOf } from './modes/asked.ts';
import { askedWords } from './modes/asked-words.ts';
import { planBeside } from './modes/beside.ts';
import { type Chosen, chooseParts } from './modes/choose-parts.ts';
import { planElsewhere } from './modes/plan-elsewhere.ts';
import { planSteps } from './plan-steps.ts';
import { lookForObstacles } from './preflight.ts';
import { findRestorables, type Restorable } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';
import type { SafetyOrder } from './safety-order.ts';
import { planSafety } from './safety-plan.ts';
import { servicesToStop } from './service-steps.ts';
import { scratchNeeds, spaceNeeds } from './space-needs.ts';
import { choiceProblems, spaceOffers } from './space-offers.ts';
import {
  fleetingProblems,
  isWholeReplace,
  needlessProblems,
  undolessWarnings,
} from './without-undo.ts';

/** What a restore of this backup would do, what would be lost, and what stands against it. Changes nothing. */
export async function makePlan(
  order: {
    readonly planId: string;
    readonly backup: Backup;
    readonly nowMs: number;
    readonly job: number;
    readonly mode?: RestoreMode | undefined;
    readonly parts?: readonly RestorePart[] | undefined;
    readonly choices?: RestoreChoices | undefined;
    /** Absent: no safety backup is taken. */
    readonly safety?: SafetyOrder | undefined;
    /** The moment by which the backup was chosen. */
    readonly asked?: AskedMoment | undefined;
    /** Of a whole restore before this one. */
    readonly downtime?: KnownDowntime | undefined;
  },
  context: RestoreContext,
  work: Work,
): Promise<RestorePlan> {
  const { backup, nowMs } = order;
  work.progress('open the backup', 0, 0);
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(backup.path, keys);
  const stores = Object.values(context.config.stores).map(({ path }) => path);
  await using archive = await openChain(reader, findBaseIn(backup.path, stores, keys));
  const begun = {
    id: order.planId,
    createdAtMs: nowMs,
    ...aboutApplication(archive, context),
    spanSeconds: Math.max(0, Math.round((nowMs - backup.capturedAtMs) / 1000)),
  };
  const mode = modeOf(order);
  if (mode.kind === 'elsewhere') {
    const { folder } = mode;
    return await planElsewhere({ begun, backup, folder }, order, archive, context);
  }
  if (mode.kind === 'beside')
    return await planBeside({ begun, backup }, order, archive, context, work);
  const all = findRestorables(archive, context.config, backup);
  const found = await chooseParts(all, order);
  const changes = await compareAll(found.sources, work);
  const merges = await lookAtMerges(found.sources, work);
  const running = await servicesToStop(found.sources, context, work.signal);
  const { safety, ...planned } = await planSafety(
    order.safety,
    order.choices,
    context.config,
    work,
  );
  const needs = [...planned.needs, ...(await scratchNeeds(found.sources, work.scratch))];
  const space = await spaceNeeds(found.sources, needs, order.choices);
  const keeping = { ...order.choices, withoutUndo: undefined };
  const answers = await spaceOffers(space, {
    choices: order.choices,
    command: `kedge restore run ${backup.id.slice(0, 8)}${askedWords(order)}`,
    sources: found.sources,
    safety: planned.needs,
    mayGoWithoutUndo: isWholeReplace(order),
  });
  const { warnings: unasked, ...connected } = await findClients(
    found.sources,
    running,
    context,
    work.signal,
  );
  const findings = await lookForObstacles({ backup, archive, found, work }, context);
  return {
    ...begun,
    backup,
    changes,
    services: (await context.services.status(work.signal)).map(({ id }) => ({
      id,
      willStop: running.includes(id),
    })),
    ...connected,
    space,
    ...expectDowntime(
      copiedIn(changes, found.sources),
      running.length,
      context.config,
      order.downtime,
    ),
    undoBytes: undoBytesOf(changes, merges, order.choices),
    ...(order.asked === undefined ? {} : { asked: order.asked }),
    steps: planSteps({
      changes,
      running,
      safety,
      withoutUndo: order.choices?.withoutUndo === true,
      parts: order.parts,
    }),
    warnings: [
      ...findings.warnings,
      ...unasked,
      ...answers.warnings,
      ...(await undolessWarnings(order, found.sources, safety)),
    ],
    obstacles: [
      ...findings.obstacles,
      ...unmergeable(merges),
      ...planned.obstacles,
      ...(await choiceProblems(order)),
      ...(await fleetingProblems(order, found.sources)),
      ...needlessProblems(order, await spaceNeeds(found.sources, needs, keeping)),
      ...tooSmall(space),
    ],
    ...(order.choices === undefined ? {} : { choices: order.choices }),
    ...(safety === undefined ? {} : { safety }),
    ...(answers.offers.length === 0 ? {} : { offers: answers.offers }),
    ...askedFields(order),
    ...(merges.length === 0 ? {} : { merges }),
    fingerprint: fingerprintOf(archive, context.config, order),
  };
}

/** Changes of what is copied while services are down; whole databases of a server and folders are renamed. */
function copiedIn(
  changes: readonly SourceChange[],
  sources: readonly Chosen[],
): readonly SourceChange[] {
  const renamed = new Set(
    sources.flatMap(({ name, restore, part }) =>
      restore.server === undefined || part !== undefined ? [] : [name],
    ),
  );
  return changes.filter(({ source }) => !renamed.has(source));
}

async function compareAll(
  sources: readonly Restorable[],
  work: Work,
): Promise<readonly SourceChange[]> {
  const changes: SourceChange[] = [];
  for (const { name, restore, archived } of sources) {
    work.progress(`compare ${name}`, 0, 0);
    changes.push(await restore.compare(archived, work));
  }
  return changes;
}

function unmergeable(merges: readonly SourceMerge[]): readonly string[] {
  return merges.flatMap(({ source, tables = [] }) =>
    tables.flatMap(({ table, problem }) =>
      problem === undefined ? [] : [`table "${table}" of source "${source}": ${problem}`],
    ),
  );
}

function aboutApplication({ header }: Chain, { config }: RestoreContext) {
  const { name, version, contact } = config.application;
  const then = header.application.version;
  return {
    application: name,
    ...(then === undefined ? {} : { applicationVersionThen: then }),
    ...(version === undefined ? {} : { applicationVersionNow: version }),
    ...(contact === undefined ? {} : { contact }),
  };
}

/** Of single files only those that go are kept. */
function undoBytesOf(
  changes: readonly SourceChange[],
  merges: readonly SourceMerge[],
  choices?: RestoreChoices,
): number {
  if (choices?.withoutUndo === true) return 0;
  const single = new Map(merges.map(({ source, files }) => [source, files?.bytes]));
  return changes.reduce(
    (sum, { source, liveBytes = 0 }) => sum + (single.get(source) ?? liveBytes),
    0,
  );
}

function tooSmall(space: RestorePlan['space']): readonly string[] {
  return space
    .filter(({ neededBytes, freeBytes }) => freeBytes < neededBytes)
    .map(
      ({ path, neededBytes, freeBytes }) =>
        `not enough space in "${path}": ${inMebibytes(neededBytes)} needed, ${inMebibytes(freeBytes)} free`,
    );
}

const inMebibytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MiB`;
