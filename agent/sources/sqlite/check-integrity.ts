import Database from 'better-sqlite3';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import type { IntegrityCheck } from '../integrity.ts';
import { askIntegrity } from './ask-integrity.ts';

/** SQLite stops after so many; one is enough to know. */
const problemsAtMost = 10;

/** SQLITE_ERROR: a schema that makes no sense. No memory, room or lock for the check says nothing of the file. */
const saysDamage = /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT|IOERR_SHORT_READ|IOERR_CORRUPTFS)/;

/** SQLite's own check of a database file that nobody else has open. */
export function checkSqlite(path: string): IntegrityCheck {
  try {
    return check(path);
  } catch (error) {
    if (!saysDamage.test(errorCode(error))) throw error;
    return { problem: errorMessage(error), notes: [] };
  }
}

function check(path: string): IntegrityCheck {
  const database = new Database(path, { fileMustExist: true });
  try {
    const { problems, unchecked } = askIntegrity(database, 'integrity_check', problemsAtMost);
    if (problems.length > 0) return { problem: problems.join('; '), notes: [] };
    return { notes: [...unchecked, ...foreignKeyNotes(database)] };
  } finally {
    database.close();
  }
}

/** Rows that point nowhere are the application's affair, not damage. */
function foreignKeyNotes(database: Database.Database): readonly string[] {
  const tables = new Map<string, number>();
  const rows = database
    .prepare<[], { readonly table: string }>('pragma foreign_key_check')
    .iterate();
  for (const { table } of rows) tables.set(table, (tables.get(table) ?? 0) + 1);
  return [...tables].map(
    ([table, count]) => `${count} rows of "${table}" refer to rows that are not there`,
  );
}
