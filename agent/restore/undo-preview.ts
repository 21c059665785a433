import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import { type UndoPreview, writtenCounts } from '../../protocol/domain/undo-preview.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { storeFolders } from '../backup/destination.ts';
import { openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Work } from '../os/work.ts';
import { keptKinds } from '../sources/kept-kinds.ts';
import type { SpaceNeed } from '../sources/restore-kind.ts';
import { findRestorables } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';
import { inServers } from './server-data.ts';
import { servicesToStop } from './service-steps.ts';
import { spaceNeeds } from './space-needs.ts';
import type { UndoRecord } from './undo-records.ts';

/** What an undo would bring back and take away, and what of that was written since the restore. Changes nothing. */
export async function previewUndo(
  order: {
    readonly undo: UndoRecord;
    readonly backup?: Backup | undefined;
    readonly nowMs: number;
  },
  context: RestoreContext,
  work: Work,
): Promise<UndoPreview> {
  const { undo } = order;
  const changes: SourceChange[] = [];
  for (const kept of undo.sources) {
    const kind = keptKinds[kept.engine];
    if (kind !== undefined) changes.push(await kind.compare(kept, work));
  }
  const written = await writtenSince(order, context, work);
  const running = await servicesToStop(inServers(undo.sources), context, work.signal);
  return {
    undo,
    createdAtMs: order.nowMs,
    application: context.config.application.name,
    changes,
    written,
    services: (await context.services.status(work.signal)).map(({ id }) => ({
      id,
      willStop: running.includes(id),
    })),
    space: await undoSpace(undo),
    ...keepInstead(undo, written),
  };
}

/** Bytes that the undo needs for a while and that are free, per file system. */
export async function undoSpace({ sources }: UndoRecord): Promise<RestorePlan['space']> {
  const needs: SpaceNeed[] = [];
  for (const kept of sources) needs.push(...((await keptKinds[kept.engine]?.space(kept)) ?? []));
  return await spaceNeeds([], needs);
}

/** Where a restore brought all of a backup back, it is what differs from that. */
async function writtenSince(
  { undo, backup }: { readonly undo: UndoRecord; readonly backup?: Backup | undefined },
  context: RestoreContext,
  work: Work,
): Promise<UndoPreview['written']> {
  const unknown = (why: string) => ({ kind: 'unknown', why }) as const;
  if (undo.isWhole !== true) {
    return unknown('only a restore of a whole backup leaves a picture of how it left things');
  }
  if (inServers(undo.sources).length > 0)
    return unknown('of a database in a server only the numbers of rows are compared');
  if (backup === undefined) return unknown('the backup that was restored is not here any more');
  try {
    return { kind: 'known', changes: await compareWithBackup(undo, backup, context, work) };
  } catch (error) {
    work.signal.throwIfAborted();
    return unknown(wordFailure(failureOf(error)).message);
  }
}

async function compareWithBackup(
  undo: UndoRecord,
  backup: Backup,
  context: RestoreContext,
  work: Work,
): Promise<readonly SourceChange[]> {
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(backup.path, keys);
  const findBase = findBaseIn(backup.path, storeFolders(context.config), keys);
  await using archive = await openChain(reader, findBase);
  const { sources } = findRestorables(archive, context.config, backup);
  const restored = new Set(undo.sources.map(({ source }) => source));
  const changes: SourceChange[] = [];
  for (const { name, restore, archived } of sources) {
    if (!restored.has(name)) continue;
    work.progress(`compare ${name} with the backup`, 0, 0);
    changes.push(await restore.compare(archived, work));
  }
  return changes;
}

/** Only where there is something to keep, and the safety backup to merge. */
function keepInstead(
  { safety, sources }: UndoRecord,
  written: UndoPreview['written'],
): Pick<UndoPreview, 'keepInstead'> {
  // What is in a server is not merged.
  if (safety === undefined || inServers(sources).length > 0) return {};
  if (written.kind === 'known') {
    const { rows, files } = writtenCounts(written.changes);
    if (rows + files === 0) return {};
  }
  return { keepInstead: `kedge restore run ${safety.slice(0, 8)} --keep-newer` };
}
