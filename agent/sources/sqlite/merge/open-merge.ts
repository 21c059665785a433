import type Database from 'better-sqlite3';
import { KedgeError } from '../../../../protocol/failures.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { connect } from '../connect.ts';

/** The database that rows go into, with the backup's beside it as `backup`. Closes with its scope. */
export function openMerge(
  live: string,
  backup: string,
  timeout: number,
): Disposable & { readonly database: Database.Database } {
  const file = connect(live, { fileMustExist: true, timeout });
  try {
    prepareConnection(file.database, backup);
    return file;
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

function prepareConnection(database: Database.Database, backup: string): void {
  // The backup is hostile input, and its text becomes tables and triggers here.
  database.pragma('trusted_schema = off');
  // Rows come back as they were; what cascades would delete others.
  database.pragma('foreign_keys = off');
  attach(database, backup);
  database.pragma('main.synchronous = full');
  // It is not written to; like this no journal names the two databases together.
  database.pragma('backup.synchronous = off');
}

function attach(database: Database.Database, backup: string): void {
  try {
    database.prepare('attach ? as backup').run(backup);
  } catch (error) {
    if (!/text encoding/.test(errorMessage(error))) throw error;
    const [now, then] = [encodingOf(database), encodingAt(backup)];
    const why = `the live database keeps its text as ${now}, the one in the backup as ${then}: rows can't be mixed, only all replaced`;
    throw new KedgeError('restore-refused', { why }, { cause: error });
  }
}

function encodingAt(path: string): string {
  using file = connect(path, { fileMustExist: true });
  return encodingOf(file.database);
}

function encodingOf(database: Database.Database): string {
  return String(database.pragma('encoding', { simple: true }));
}
