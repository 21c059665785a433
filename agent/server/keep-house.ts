import { join } from 'node:path';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { rotateLog } from '../os/log-file.ts';
import { expireUndos } from '../restore/expire-undos.ts';
import { undosOfJournals } from '../restore/recover.ts';
import { applyRetention } from './apply-retention.ts';
import { removeAbandonedCopies } from './copies/abandoned-copies.ts';
import { submitDueCopies } from './copies/submit-due-copies.ts';
import type { Daemon } from './daemon.ts';
import { removeOldDiffLists } from './diff-lists.ts';
import { resumeUntriedResets, retryRecoveries } from './recoveries.ts';
import { releaseLeases } from './release-leases.ts';
import { deletionHeld } from './retention/deletion-held.ts';
import { expireTrash } from './retention/empty-trash.ts';
import { removeAbandonedUploads } from './transfers/upload-places.ts';

const dayMs = 24 * 3_600_000;
/** A disk may fill within hours. */
const roomMs = 10 * 60_000;
/** The daemon's output where the client started it, bytes. */
const logLimitBytes = 4 * 1024 * 1024;

/** Once a day, and once soon after the start: what has served its time goes. */
export function keepHouse(daemon: () => Daemon): Disposable {
  const work = (): void => void cleanUp(daemon());
  const first = setTimeout(work, 60_000).unref();
  const daily = setInterval(work, dayMs).unref();
  const often = setInterval(() => void makeRoom(daemon()), roomMs).unref();
  return {
    [Symbol.dispose]: () => {
      clearTimeout(first);
      clearInterval(daily);
      clearInterval(often);
    },
  };
}

/** Undos that expired, records of old jobs with their logs, plans nobody will run; the daemon's log is cut. */
export async function cleanUp(daemon: Daemon): Promise<void> {
  try {
    await applyRetention(daemon);
    await removeExpiredUndos(daemon);
    await releaseLeases(daemon);
    await expireTrash(daemon);
    await removeAbandonedUploads(daemon);
    await removeAbandonedCopies(daemon);
    await removeOldDiffLists(daemon.places.state, daemon.now());
    for (const job of daemon.state.prune(daemon.now())) await daemon.jobLogs.remove(job);
    await rotateLog(join(daemon.places.state, 'daemon.log'), logLimitBytes);
  } catch (error) {
    daemon.log.write('error', `cleaning up: ${wordFailure(failureOf(error)).message}`);
  }
}

/** What lies in the trash, and undos that there is no room for any more, go between the days too, with their safety backups. */
async function makeRoom(daemon: Daemon): Promise<void> {
  try {
    // First: what counts as at work is not recovered.
    daemon.jobs.catchUp();
    retryRecoveries(daemon);
    resumeUntriedResets(daemon);
    await expireTrash(daemon);
    await removeExpiredUndos(daemon);
    await releaseLeases(daemon);
    // One that failed is tried again some time.
    submitDueCopies(daemon);
  } catch (error) {
    daemon.log.write('error', `making room: ${wordFailure(failureOf(error)).message}`);
  }
}

const usesUndos: ReadonlySet<string> = new Set(['restore', 'undo', 'recovery']);

/** Whether a job may be writing or using an undo. */
export function usesUndosNow(daemon: Daemon): boolean {
  return daemon.state.jobs.unfinished().some(({ job }) => usesUndos.has(job.kind));
}

/** The same of one; a recovery that waits for its next try counts too. */
export function isUndoInUse(daemon: Daemon, undo: string): boolean {
  return usesUndosNow(daemon) || undosOfJournals(daemon.places.state).has(undo);
}

/** Not while a restore or undo works or waits: it may be about one of them. */
export async function removeExpiredUndos(daemon: Daemon): Promise<void> {
  if (deletionHeld(daemon) !== undefined) return;
  if (usesUndosNow(daemon)) return;
  const limits = daemon.configFile.inForce()?.undo;
  const { state } = daemon.places;
  const isInUse = (undo: string): boolean => isUndoInUse(daemon, undo);
  const expired = await expireUndos(state, daemon.now(), { limits, isInUse });
  for (const { undo, why, problem } of expired) {
    if (problem === undefined)
      daemon.log.write('info', `the undo of "${undo.title}" was removed: ${why}`);
    else daemon.log.write('warning', `the undo of "${undo.title}" can't be removed: ${problem}`);
  }
  if (expired.length > 0) daemon.broadcast.publish({ topic: 'undos', undos: await daemon.undos() });
}
