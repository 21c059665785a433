import { askIntegrity } from './ask-integrity.ts';
import { connect } from './connect.ts';

/** With a rollback journal a client that writes all the time leaves little room between. */
const busyMs = 30_000;

/**
 * What SQLite's own check finds wrong with a database file, in one line, or undefined. Not opened
 * read-only: that would leave a -wal and -shm beside one in WAL mode, of this process's user.
 */
export function integrityProblem(path: string): string | undefined {
  try {
    using file = connect(path, { fileMustExist: true, timeout: busyMs });
    return askIntegrity(file.database, 'integrity_check', 1).problems[0];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
