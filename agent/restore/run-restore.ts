import { basename, join } from 'node:path';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { isExchange } from '../../protocol/domain/restore-order.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { BackupOrder } from '../backup/backup-order.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import { createFile, removeFile, rename } from '../os/files.ts';
import { syncFileSystems } from '../os/sync-tree.ts';
import type { Work } from '../os/work.ts';
import type { ExchangeItem, ItemNames } from '../sources/restore-kind.ts';
import { beginRun } from './begin-run.ts';
import { exchange, type RestoreRun } from './exchange.ts';
import { fingerprintOf, whatChanged } from './fingerprint.ts';
import { finish } from './finish.ts';
import { modeOf } from './modes/asked.ts';
import { runBeside } from './modes/beside.ts';
import { chooseParts } from './modes/choose-parts.ts';
import { runElsewhere } from './modes/run-elsewhere.ts';
import { restoreTitle } from './modes/title.ts';
import { goOnOrBack } from './onward.ts';
import { choosePlaces, type Places } from './places.ts';
import { lookForObstacles } from './preflight.ts';
import { findRestorables, type Restorable } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';
import type { SourceExchange } from './restore-record.ts';
import { refuseWithoutConsent, takeSafetyBackup } from './safety-backup.ts';
import { scratchNeeds, spaceNeeds } from './space-needs.ts';
import { placesElsewhere, type StagingPlaces } from './stage-elsewhere.ts';
import { undolessProblems } from './without-undo.ts';

/** Replaces what is live by what the plan's backup holds. A failure leaves the old state, a success an undo. */
export async function runRestore(
  order: {
    readonly plan: RestorePlan;
    readonly confirmation: string;
    readonly undoId: string;
    readonly nowMs: number;
    /** What the plan goes without, as it was typed. */
    readonly consents?: readonly string[] | undefined;
    /** Absent: none is taken. */
    readonly safety?: BackupOrder | undefined;
  },
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  const { plan } = order;
  const mode = modeOf(plan);
  if (isExchange(mode)) refuseUnconfirmed(order.confirmation, context);
  refuseWithoutConsent(plan, order.consents ?? []);
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(plan.backup.path, keys);
  const stores = Object.values(context.config.stores).map(({ path }) => path);
  await using archive = await openChain(reader, findBaseIn(plan.backup.path, stores, keys));
  refuseStale(plan, archive, context);
  if (mode.kind === 'elsewhere') {
    return await runElsewhere({ plan, folder: mode.folder }, archive, context, work);
  }
  if (mode.kind === 'beside')
    return await runBeside(plan, { archive, nowMs: order.nowMs }, context, work);
  const withoutUndo = plan.choices?.withoutUndo === true;
  const sources = await preflight(plan, archive, context, work);
  const safety = await takeSafetyBackup(plan, order.safety, order.undoId, context, work);
  const places = await placesElsewhere(
    await choosePlaces(await livePaths(sources), work.job),
    plan.choices?.staging,
    sources,
    work.job,
  );
  const run = await beginRun(
    {
      what: 'restore',
      title: capital(restoreTitle(plan)),
      backup: plan.backup.id,
      undoId: order.undoId,
      nowMs: order.nowMs,
      places,
      sources: await exchangesOf(
        sources,
        places,
        { job: work.job, nowMs: order.nowMs },
        withoutUndo,
      ),
      ...(withoutUndo ? { withoutUndo } : {}),
      ...(mode.kind === 'replace' && plan.parts === undefined ? { isWhole: true } : {}),
      ...(safety.backup === undefined ? {} : { safety: safety.backup.id }),
      ...(places.staging === undefined ? {} : { staging: places.staging.place }),
    },
    context,
    work,
  );
  await using _journal = run.journal;
  run.notes.push(...safety.notes);
  try {
    await proveRenames(places);
    await stageAll(run, sources);
    await exchange(run);
  } catch (error) {
    await goOnOrBack(run, error);
  }
  const result = await finish(run, 'restored');
  return safety.backup === undefined ? result : { ...result, safety: safety.backup };
}

function refuseUnconfirmed(typed: string, { config }: RestoreContext): void {
  const expected = config.application.name;
  if (typed !== expected) throw new KedgeError('confirmation-wrong', { typed, expected });
}

function refuseStale(plan: RestorePlan, archive: Chain, { config }: RestoreContext): void {
  const what = whatChanged(plan.fingerprint, fingerprintOf(archive, config, plan));
  if (what !== undefined) throw new KedgeError('plan-stale', { what });
}

async function preflight(
  plan: RestorePlan,
  archive: Chain,
  context: RestoreContext,
  work: Work,
): Promise<readonly Restorable[]> {
  work.progress('check the plan', 0, 0);
  const found = await chooseParts(findRestorables(archive, context.config, plan.backup), plan);
  const { obstacles } = await lookForObstacles(
    { backup: plan.backup, archive, found, work },
    context,
  );
  if (obstacles.length > 0) throw new KedgeError('restore-refused', { why: obstacles.join('; ') });
  const [undoless] = undolessProblems(plan);
  if (undoless !== undefined) throw new KedgeError('restore-refused', { why: undoless });
  const scratch = await scratchNeeds(found.sources, work.scratch);
  const space = await spaceNeeds(found.sources, scratch, plan.choices);
  for (const { path, neededBytes: needed, freeBytes: free } of space) {
    if (free < needed) throw new KedgeError('no-space', { path, needed, free });
  }
  return found.sources;
}

export async function livePaths(sources: readonly Restorable[]): Promise<readonly string[]> {
  return (await Promise.all(sources.map(({ restore }) => restore.livePaths()))).flat();
}

export async function exchangesOf(
  sources: readonly Restorable[],
  places: StagingPlaces,
  names: ItemNames,
  withoutUndo = false,
): Promise<readonly SourceExchange[]> {
  return await Promise.all(
    sources.map(async ({ name, restore, archived }) => {
      const placed = async (live: string) => {
        const place = join(places.of(live), name);
        const file = basename(live);
        const staged = places.staging?.sources.has(name) ? join(places.staging.place, name) : place;
        return { incoming: join(staged, 'new', file), outgoing: join(place, 'old', file) };
      };
      const items = await restore.items(archived, placed, names);
      const discarding = items.map((item): ExchangeItem => ({ ...item, discards: true }));
      return { source: name, engine: restore.engine, items: withoutUndo ? discarding : items };
    }),
  );
}

/** A rename between the place and the live folder: it fails now where the exchange would fail later. */
export async function proveRenames(places: Places): Promise<void> {
  for (const place of places.all) {
    const [inside, beside] = [join(place, 'probe'), `${place}.probe`];
    await using _file = await createFile(inside);
    await rename(inside, beside);
    await removeFile(beside);
  }
}

export async function stageAll(run: RestoreRun, sources: readonly Restorable[]): Promise<void> {
  const { journal, work } = run;
  await journal.append({ kind: 'staging' });
  const [begin] = journal.records;
  const exchanges = begin?.kind === 'begin' ? begin.sources : [];
  for (const { name, restore, archived } of sources) {
    const items: readonly ExchangeItem[] =
      exchanges.find(({ source }) => source === name)?.items ?? [];
    run.notes.push(...(await stageOne(run, { name, restore, archived }, items)));
  }
  work.progress('make all durable', 0, 0);
  await syncFileSystems(begin?.kind === 'begin' ? begin.places : []);
  work.signal.throwIfAborted();
  await journal.append({ kind: 'staged' });
}

async function stageOne(
  { work }: RestoreRun,
  { name, restore, archived }: Restorable,
  items: readonly ExchangeItem[],
): Promise<readonly string[]> {
  let total = 0;
  for await (const { sizeBytes } of archived.members()) total += sizeBytes;
  let done = 0;
  const report = (bytes: number) => {
    done += bytes;
    work.progress(`unpack and check ${name}`, done, total);
  };
  report(0);
  return await restore.stage(archived, items, work, report);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
