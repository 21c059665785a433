import { z } from 'zod';
import { connect } from './connect.ts';

const Rows = z.array(z.object({ integrity_check: z.string() }));

/**
 * What SQLite's own check finds wrong with a database file, in one line, or undefined. Not opened
 * read-only: that would leave a -wal and -shm beside one in WAL mode, of this process's user.
 */
export function integrityProblem(path: string): string | undefined {
  try {
    using file = connect(path, { fileMustExist: true });
    const [first] = Rows.parse(file.database.pragma('integrity_check(1)'));
    return first?.integrity_check === 'ok' ? undefined : (first?.integrity_check ?? 'no answer');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
