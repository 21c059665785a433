import { stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { probeReadable } from '../../os/probe.ts';
import { giveSideFiles, makeSideFiles } from './side-files.ts';

/** How long a read waits for a writer that holds the whole database. */
const busyTimeoutMs = 10_000;

/**
 * Opens a live database for reading. A journal left hot by a crash must be rolled back first, which a
 * read-only connection may not: then it is opened as the application would open it.
 */
export async function openDatabase(path: string): Promise<Database.Database> {
  if (!(await stat(path)).isFile()) throw new NotADatabase('it is not a file');
  try {
    return openReadable(path, true);
  } catch (error) {
    if (errorCode(error).startsWith('SQLITE_READONLY')) return openReadable(path, false);
    // SQLite does not say why a file can't be opened; the system does.
    if (errorCode(error).startsWith('SQLITE_CANTOPEN')) probeReadable(path);
    throw error;
  }
}

class NotADatabase extends Error {
  readonly code = 'SQLITE_NOTADB';
}

function openReadable(path: string, readonly: boolean): Database.Database {
  makeSideFiles(path);
  const database = new Database(path, { readonly, fileMustExist: true, timeout: busyTimeoutMs });
  try {
    // The first read finds a hot journal, and a file that is none of SQLite's.
    database.pragma('schema_version');
    giveSideFiles(path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a failure of SQLite or the system on a source's database means. */
export function databaseFailure(source: string, path: string, error: unknown): unknown {
  const code = errorCode(error);
  const cause = errorMessage(error);
  if (code === 'ENOENT')
    return new KedgeError('source-missing', { source, path }, { cause: error });
  if (code === 'SQLITE_NOTADB') {
    return new KedgeError('source-not-a-database', { source, path, cause }, { cause: error });
  }
  // A full disk is that of the scratch folder: no fault of the source.
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return error;
  if (code.startsWith('SQLITE_') || code.startsWith('E')) {
    return new KedgeError('source-unreadable', { source, path, cause }, { cause: error });
  }
  return error;
}
