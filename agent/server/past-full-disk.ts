import { type Failure, failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Daemon } from './daemon.ts';

/** A step of the start: what a full disk keeps it from is said and done later, and keeps nothing else from starting. */
export async function pastFullDisk(
  daemon: Daemon,
  what: string,
  step: () => void | Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    const failure = failureOf(error);
    if (!isOfFullDisk(failure)) throw error;
    const text = `${what} waits until there is room: ${wordFailure(failure).message}`;
    daemon.log.write('error', text);
    daemon.overview.recovered.push(text);
  }
}

/** Of the system, or of SQLite, in their words. */
export function isOfFullDisk({ code, params }: Failure): boolean {
  return code === 'internal' && /ENOSPC|EDQUOT|disk is full/.test(String(params['cause']));
}
