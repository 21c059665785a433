import type Database from 'better-sqlite3';
import * as z from 'zod';
import { errorMessage } from '../../os/error-code.ts';
import type { RowCounts } from '../row-counts.ts';
import { connect } from './connect.ts';

const Names = z.array(z.string());

/** Rows of each table of a database file that nobody else has open. */
export function countRows(path: string): RowCounts {
  using file = connect(path, { fileMustExist: true });
  const notes: string[] = [];
  const tables = Names.parse(file.database.prepare(tableNames).pluck().all()).flatMap((table) => {
    const rows = rowsOf(file.database, table);
    if (typeof rows === 'number') return [{ table, rows }];
    notes.push(`the rows of "${table}" could not be counted: ${rows}`);
    return [];
  });
  return { tables, notes };
}

/** Shadow tables of virtual ones are not the application's; the virtual table itself is counted. */
const tableNames = `select name from pragma_table_list
  where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'
  order by name`;

/** A virtual table may be of a module that only the application has. */
function rowsOf(database: Database.Database, table: string): number | string {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  try {
    return Number(database.prepare(`select count(*) from ${quoted}`).pluck().get());
  } catch (error) {
    return errorMessage(error);
  }
}
