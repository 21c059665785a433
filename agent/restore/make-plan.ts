import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import { findOpeners } from '../os/open-files.ts';
import type { Work } from '../os/work.ts';
import { estimateDowntime } from './downtime.ts';
import { fingerprintOf } from './fingerprint.ts';
import { lookForObstacles } from './preflight.ts';
import { findRestorables, type Restorable } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';
import { runningServices } from './service-steps.ts';
import { spaceNeeds } from './space-needs.ts';

/** What a restore of this backup would do, what would be lost, and what stands against it. Changes nothing. */
export async function makePlan(
  order: {
    readonly planId: string;
    readonly backup: Backup;
    readonly nowMs: number;
    readonly job: number;
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
  const found = findRestorables(archive, context.config, backup);
  const changes = await compareAll(found.sources, work);
  const running = await runningServices(context, work.signal);
  const space = await spaceNeeds(found.sources);
  const findings = await lookForObstacles({ backup, archive, found }, context);
  return {
    id: order.planId,
    createdAtMs: nowMs,
    backup,
    ...aboutApplication(archive, context),
    spanSeconds: Math.max(0, Math.round((nowMs - backup.capturedAtMs) / 1000)),
    changes,
    services: (await context.services.status(work.signal)).map(({ id }) => ({
      id,
      willStop: running.includes(id),
    })),
    clients: await clientsOf(found.sources),
    space,
    downtimeSeconds: estimateDowntime(changes, running.length, context.config),
    steps: stepsOf(changes, running),
    warnings: findings.warnings,
    obstacles: [...findings.obstacles, ...tooSmall(space)],
    fingerprint: fingerprintOf(archive, context.config),
  };
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

async function clientsOf(sources: readonly Restorable[]): Promise<RestorePlan['clients']> {
  const clients = await Promise.all(
    sources.map(async ({ name, restore }) => {
      const openers = await findOpeners(await restore.livePaths());
      return openers.map(({ pid, program }) => ({ source: name, pid, program }));
    }),
  );
  return clients.flat();
}

function stepsOf(changes: readonly SourceChange[], running: readonly string[]): readonly string[] {
  const stopping = [...running].reverse();
  return [
    ...changes.map(({ source, live }) => `Unpack and check ${source} beside ${live}`),
    ...(stopping.length > 0 ? [`Stop ${stopping.join(', ')}`] : []),
    'Keep what is live now for an undo',
    ...changes.map(({ source }) => `Exchange ${source}`),
    ...(running.length > 0 ? [`Start ${running.join(', ')}, each until it is healthy`] : []),
    'If one of them does not become healthy, bring the old data back',
  ];
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
