import type { Job } from '../../../protocol/domain/job.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { spaceOf } from '../../os/files.ts';
import { inTurn } from '../../os/in-turn.ts';
import type { Daemon } from '../daemon.ts';
import { deletionHeld } from './deletion-held.ts';
import { readTrash, type TrashEntry } from './list-trash.ts';
import { findTrashed, isKnown } from './restore-trashed.ts';

/** Where less of its disk is free, the trash goes before it has expired: a backup that fits is worth more. */
const littleFree = 0.05;

export interface Emptied {
  readonly removed: readonly string[];
  readonly bytes: number;
}

/** Removes for good: everything in the trash, or one backup, and with a full the differentials that need it. */
export async function emptyTrash(
  daemon: Daemon,
  asked: string | undefined,
  confirmation: string,
): Promise<Emptied> {
  const entries = await readTrash(daemon);
  const wanted = asked === undefined ? undefined : findTrashed(entries.filter(isKnown), asked);
  const expected = wanted === undefined ? String(entries.filter(isKnown).length) : wanted.file.name;
  if (confirmation !== expected) {
    throw new KedgeError('confirmation-wrong', { typed: confirmation, expected });
  }
  const id = wanted?.trashed.backup.id;
  const going =
    wanted === undefined ? entries : entries.filter((one) => one === wanted || baseOf(one) === id);
  return await erase(daemon, going, 'by hand');
}

/** Removes what has expired, and of a store that is nearly full the oldest first until it is not. */
export async function expireTrash(daemon: Daemon): Promise<Emptied> {
  if (deletionHeld(daemon) !== undefined) return { removed: [], bytes: 0 };
  const own = (await readTrash(daemon)).filter((entry) => entry.own);
  const expired = own.filter(({ expiresAtMs }) => expiresAtMs <= daemon.now());
  const first = await erase(daemon, expired, 'its days in the trash are over');
  const left = own.filter((entry) => !expired.includes(entry)).toReversed();
  const removed = [...first.removed];
  let { bytes } = first;
  for (const entry of left) {
    const { freeBytes, totalBytes } = await spaceOf(entry.store.folder);
    if (freeBytes >= littleFree * totalBytes) continue;
    const next = await erase(daemon, [entry], `"${entry.store.name}" is nearly full`);
    removed.push(...next.removed);
    bytes += next.bytes;
  }
  return { removed, bytes };
}

/** What a job did not find room for is worth more than what was deleted: its next try finds the room. */
export async function makeRoomAfter(daemon: Daemon, { state }: Job): Promise<void> {
  if (state.kind !== 'failed' || state.failure.code !== 'no-space') return;
  if (deletionHeld(daemon) !== undefined) return;
  const { path, missingBytes = 0 } = state.failure.params;
  const full = String(path);
  const own = (await readTrash(daemon)).filter(
    ({ store, own }) => own && `${full}/`.startsWith(`${store.folder}/`),
  );
  const gives = own.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  if (gives >= Number(missingBytes)) await erase(daemon, own, 'a job found no room');
}

const oneAtATime = inTurn();

/** Differentials before fulls, so that being cut off leaves none that can't be brought back for good. */
async function erase(
  daemon: Daemon,
  entries: readonly TrashEntry[],
  why: string,
): Promise<Emptied> {
  const removed: string[] = [];
  let bytes = 0;
  const rank = (entry: TrashEntry): number => (baseOf(entry) === undefined ? 1 : 0);
  const needed = new Set<string>();
  await oneAtATime(async () => {
    for (const entry of entries.toSorted((a, b) => rank(a) - rank(b))) {
      const { store, file, trashed } = entry;
      if (trashed !== undefined && needed.has(trashed.backup.id)) continue;
      try {
        await store.erase(file.path);
      } catch (error) {
        const { message } = wordFailure(failureOf(error));
        daemon.log.write('error', `${file.path} could not be removed from the trash: ${message}`);
        needed.add(baseOf(entry) ?? '');
        continue;
      }
      daemon.state.trash.remove(file.path);
      const id = trashed?.backup.id ?? file.name;
      if (daemon.backups.get(id) === undefined) daemon.state.locked.remove(id);
      removed.push(id);
      bytes += file.sizeBytes;
      daemon.log.write('info', `${file.path} was removed for good: ${why}`);
    }
  });
  if (removed.length > 0) daemon.overview.touch();
  return { removed, bytes };
}

function baseOf({ trashed }: TrashEntry): string | undefined {
  return trashed?.backup.base;
}
