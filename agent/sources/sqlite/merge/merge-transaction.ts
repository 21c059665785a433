import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { errorCode } from '../../../os/error-code.ts';
import { lockDeadlineMs, lockedFor } from '../copy-pages.ts';

const pollMs = 20;

/** Takes the write lock; waits for a client that Kedge does not manage, but not for ever. */
export async function beginWhenFree(
  database: Database.Database,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  await whenFree(() => database.exec('begin immediate'), path, signal);
}

/** With a rollback journal readers have to let go first; while it waits no new one gets in. */
export async function commitWhenFree(
  database: Database.Database,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  await whenFree(() => database.exec('commit'), path, signal);
}

async function whenFree(act: () => void, path: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + lockDeadlineMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      act();
      return;
    } catch (error) {
      if (!/^SQLITE_(BUSY|LOCKED)/.test(errorCode(error))) throw error;
      if (performance.now() > deadline) throw lockedFor(path);
    }
    await pause(pollMs, undefined, { signal });
  }
}
