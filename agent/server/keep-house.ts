import { join } from 'node:path';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { rotateLog } from '../os/log-file.ts';
import { expireUndos } from '../restore/undo-records.ts';
import type { Daemon } from './daemon.ts';
import { removeOldDiffLists } from './diff-lists.ts';
import { removeAbandonedUploads } from './transfers/upload-places.ts';

const dayMs = 24 * 3_600_000;
/** The daemon's output where the client started it, bytes. */
const logLimitBytes = 4 * 1024 * 1024;

/** Once a day, and once soon after the start: what has served its time goes. */
export function keepHouse(daemon: () => Daemon): Disposable {
  const work = (): void => void cleanUp(daemon());
  const first = setTimeout(work, 60_000).unref();
  const daily = setInterval(work, dayMs).unref();
  return {
    [Symbol.dispose]: () => {
      clearTimeout(first);
      clearInterval(daily);
    },
  };
}

/** Undos that expired, records of old jobs with their logs, plans nobody will run; the daemon's log is cut. */
export async function cleanUp(daemon: Daemon): Promise<void> {
  try {
    await removeExpiredUndos(daemon);
    await removeAbandonedUploads(daemon);
    await removeOldDiffLists(daemon.places.state, daemon.now());
    for (const job of daemon.state.prune(daemon.now())) await daemon.jobLogs.remove(job);
    await rotateLog(join(daemon.places.state, 'daemon.log'), logLimitBytes);
  } catch (error) {
    daemon.log.write('error', `cleaning up: ${wordFailure(failureOf(error)).message}`);
  }
}

const usesUndos: ReadonlySet<string> = new Set(['restore', 'undo', 'recovery']);

/** Not while a restore or undo works or waits: it may be about one of them. */
export async function removeExpiredUndos(daemon: Daemon): Promise<void> {
  if (daemon.clock.doubt() !== undefined) return;
  if (daemon.state.jobs.unfinished().some(({ job }) => usesUndos.has(job.kind))) return;
  const expired = await expireUndos(daemon.places.state, daemon.now());
  for (const { title } of expired) daemon.log.write('info', `the undo of "${title}" has expired`);
  if (expired.length > 0) daemon.broadcast.publish({ topic: 'undos', undos: await daemon.undos() });
}
