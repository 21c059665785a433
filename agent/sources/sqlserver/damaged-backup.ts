import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError } from '../../databases/sql-session.ts';

/**
 * Not of what is read, but of who reads it or of the server now: rights; a device that can't be opened; no snapshot for
 * CHECKDB; deadlock, a lock, no memory, too many files.
 */
const ofNow: ReadonlySet<string> = new Set([
  ...['229', '262', '300', '916', '2571', '3110', '7983', '15247'],
  ...['3201', '1823', '5123', '5128', '5132', '5133', '7928'],
  ...['701', '802', '1204', '1205', '1222', '3102', '8645'],
]);

/** Whether a server that checks a backup, or what became of it, finds fault with that. */
export function isAboutContent(error: unknown): error is SqlError {
  return error instanceof SqlError && !ofNow.has(error.code);
}

export function damagedBackup(source: string, problem: string, cause?: unknown): KedgeError {
  const why = `the backup of source "${source}" in it is damaged: ${problem}`;
  return new KedgeError('restore-refused', { why }, { cause });
}
