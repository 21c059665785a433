import { namingSpace, namingSystemError } from '../backup/space.ts';
import { errorCode } from '../os/error-code.ts';
import type { Daemon } from './daemon.ts';

/** What the daemon could not write or read, in words that name the folder; any other error as it is. */
export async function namingFolder({ places }: Daemon, error: unknown): Promise<unknown> {
  // Only its own databases are ever open here.
  if (errorCode(error) === 'SQLITE_FULL') return await namingSpace(error, places.state, 0);
  return await namingSystemError(error);
}
