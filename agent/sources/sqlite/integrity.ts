import { askIntegrity } from './ask-integrity.ts';
import { connect } from './connect.ts';

/**
 * What SQLite's own check finds wrong with a database file, in one line, or undefined. Not opened
 * read-only: that would leave a -wal and -shm beside one in WAL mode, of this process's user.
 */
export function integrityProblem(path: string): string | undefined {
  try {
    using file = connect(path, { fileMustExist: true });
    return askIntegrity(file.database, 'integrity_check', 1).problems[0];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
