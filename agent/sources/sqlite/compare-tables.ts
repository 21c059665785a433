import { setImmediate } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { TableChange } from '../../../protocol/domain/restore.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { connect } from './connect.ts';
import { diffTables } from './diff-databases.ts';

export interface RowComparison {
  readonly tables: readonly TableChange[];
  readonly problem?: string;
}

/** Of tables that are the same on both sides. */
export async function sameRows(reader: Database.Database): Promise<RowComparison> {
  const counted = await countAll(reader);
  const none = { inserted: 0, changed: 0, deleted: 0 };
  const tables = counted.map(({ table, rows, problem }) => {
    const both = { table, backupRows: rows, liveRows: rows };
    return problem === undefined ? { ...both, ...none } : { ...both, problem };
  });
  return { tables };
}

/** Rows that come back where nothing is live, or nothing that could be compared. */
export async function rowsThen(
  then: string,
  live: 'missing' | 'unreadable',
): Promise<RowComparison> {
  using file = connect(then, { readonly: true, fileMustExist: true });
  const known = (rows: number) =>
    live === 'missing' ? { inserted: 0, changed: 0, deleted: rows } : {};
  const tables = (await countAll(file.database)).map(({ table, rows, problem }) => {
    const both = { table, backupRows: rows, liveRows: 0 };
    return problem === undefined ? { ...both, ...known(rows) } : { ...both, problem };
  });
  return { tables };
}

/** What came since: rows of the live database against those of the backup's, which lies in the file `then`. */
export async function changedRows(
  reader: Database.Database,
  then: string,
  onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<RowComparison> {
  try {
    // What the backup's schema calls upon comes from an archive, which is hostile input.
    reader.pragma('trusted_schema = off');
    reader.prepare('attach ? as old').run(then);
    const { tables, problem } = await diffTables(reader, onTable, signal);
    const changes = tables.map(({ rowsBefore, rowsAfter, inserted, changed, deleted, ...rest }) => {
      const both = { ...rest, backupRows: rowsBefore, liveRows: rowsAfter };
      return rest.problem === undefined ? { ...both, inserted, changed, deleted } : both;
    });
    return { tables: changes, ...(problem !== undefined && { problem }) };
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_')) throw error;
    // Other text encodings can't be attached; of a damaged database the sound tables still can be counted.
    return { tables: await countBoth(reader, then), problem: errorMessage(error) };
  }
}

async function countBoth(reader: Database.Database, then: string): Promise<readonly TableChange[]> {
  using file = connect(then, { readonly: true, fileMustExist: true });
  const [before, after] = [await countAll(file.database), await countAll(reader)];
  const names = [...new Set([...before, ...after].map(({ table }) => table))].toSorted();
  return names.map((table) => {
    const [one, other] = [before, after].map((all) => all.find((each) => each.table === table));
    const problem = one?.problem ?? other?.problem;
    const rows = { backupRows: one?.rows ?? 0, liveRows: other?.rows ?? 0 };
    return { table, ...rows, ...(problem !== undefined && { problem }) };
  });
}

interface Counted {
  readonly table: string;
  readonly rows: number;
  readonly problem?: string;
}

const Names = z.array(z.string());
/** Shadow tables of virtual ones are not the application's; the virtual table itself is counted. */
const tableNames = `select name from pragma_table_list
  where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\' order by name`;

async function countAll(database: Database.Database): Promise<readonly Counted[]> {
  const counted: Counted[] = [];
  for (const table of Names.parse(database.prepare(tableNames).pluck().all())) {
    await setImmediate();
    counted.push(countRows(database, table));
  }
  return counted;
}

function countRows(database: Database.Database, table: string): Counted {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  try {
    return {
      table,
      rows: Number(database.prepare(`select count(*) from ${quoted}`).pluck().get()),
    };
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_')) throw error;
    return { table, rows: 0, problem: errorMessage(error) };
  }
}
