import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { steadyNow } from '../../os/steady-clock.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import type { ProbeAnswer, ProbeMemory } from '../probe.ts';
import type { SqliteProbeSettings } from '../probe-settings.ts';
import { lookAtFiles } from './look-at-files.ts';
import { findLock, type SeenLock } from './sqlite-lock.ts';

const defaultTimeoutSeconds = 3;
const defaultLockSeconds = 60;
const leastWalBytes = 1024 ** 3;

/**
 * Whether a SQLite database can be written: it is there, nobody keeps it locked, its -wal does not grow without
 * end. From outside only: a connection of our own would take locks, make a -wal and -shm, or wait for a writer.
 */
export async function probeSqlite(
  settings: SqliteProbeSettings,
  signal: AbortSignal,
  { locks }: ProbeMemory,
): Promise<ProbeAnswer> {
  const { path, timeoutSeconds: seconds = defaultTimeoutSeconds } = settings;
  const name = basename(path);
  try {
    const found = await lookAtFiles(() => lookAt(settings, locks.get(path)), seconds, signal);
    if ('late' in found) return { ok: false, text: `${name} ${found.late}` };
    if (found.lock === undefined) locks.delete(path);
    else locks.set(path, found.lock);
    return judge(settings, name, found);
  } catch (error) {
    signal.throwIfAborted();
    if (errorCode(error) === 'ENOENT') return { ok: false, text: `${path} is gone` };
    return { ok: false, text: `${name} can't be looked at: ${errorMessage(error)}` };
  }
}

interface Found {
  readonly bytes: number;
  readonly walBytes: number;
  readonly lock: SeenLock | undefined;
}

async function lookAt(
  { path, lockSeconds }: SqliteProbeSettings,
  before: SeenLock | undefined,
): Promise<Found> {
  const database = await stat(path, { bigint: true });
  const wal = await stat(`${path}-wal`, { throwIfNoEntry: false });
  const lock =
    lockSeconds === false ? undefined : await findLock(path, database, before, steadyNow());
  return { bytes: Number(database.size), walBytes: wal?.size ?? 0, lock };
}

function judge(settings: SqliteProbeSettings, name: string, found: Found): ProbeAnswer {
  const { bytes, walBytes, lock } = found;
  const limit = settings.walBytes ?? Math.max(2 * bytes, leastWalBytes);
  if (walBytes > limit)
    return { ok: false, text: `the -wal of ${name} has ${wordBytes(walBytes)}` };
  const seconds = settings.lockSeconds === false ? 0 : (settings.lockSeconds ?? defaultLockSeconds);
  if (lock === undefined || steadyNow() - lock.sinceMs < seconds * 1000)
    return { ok: true, text: `${name} can be written` };
  const who = lock.pid > 0 ? `process ${lock.pid}` : 'a process';
  return { ok: false, text: `${who} has kept ${name} locked for more than ${seconds} s` };
}
