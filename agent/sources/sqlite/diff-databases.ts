import { setImmediate } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { SchemaChange, TableDiff } from '../../../protocol/domain/diff.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import type { ContentDiff } from '../content-diff.ts';
import { connect } from './connect.ts';
import { diffTable } from './diff-table.ts';

/** What a hostile file could hold more of would not fit into a job's result. */
const tablesAtMost = 5_000;

/**
 * What differs in two database files that nobody else has open: schema by name, rows by table. What can't be
 * compared is said; only a full disk is thrown.
 */
export async function diffDatabases(
  before: string,
  after: string,
  onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<ContentDiff> {
  try {
    using file = connect(after, { fileMustExist: true });
    const { database } = file;
    // Both come from archives, which are hostile input.
    database.pragma('trusted_schema = off');
    database.prepare('attach ? as old').run(before);
    database.pragma('query_only = on');
    return { schema: schemaChanges(database), ...(await diffTables(database, onTable, signal)) };
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_') || errorCode(error) === 'SQLITE_FULL') throw error;
    return { schema: [], tables: [], problem: errorMessage(error) };
  }
}

/** Rows by table of `main` against those of the attached `old`. */
export async function diffTables(
  database: Database.Database,
  onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<{ readonly tables: readonly TableDiff[]; readonly problem?: string }> {
  const names = tableNames(database);
  const tables: TableDiff[] = [];
  for (const table of names.slice(0, tablesAtMost)) {
    signal.throwIfAborted();
    onTable(table);
    // Lets progress and a cancel through: SQLite works in this thread.
    await setImmediate();
    tables.push(diffTable(database, table));
  }
  if (names.length <= tablesAtMost) return { tables };
  const problem = `only the first ${tablesAtMost} of ${names.length} tables were compared`;
  return { tables, problem };
}

const Names = z.array(z.string());

/** Of both; shadow tables of virtual ones are not the application's. */
function tableNames(database: Database.Database): readonly string[] {
  const of = (schema: string) => `select name from pragma_table_list
    where schema = '${schema}' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'`;
  const names = database
    .prepare(`${of('main')} union ${of('old')}`)
    .pluck()
    .all();
  return Names.parse(names).toSorted();
}

const Objects = z.array(z.object({ type: z.string(), name: z.string(), sql: z.string() }));

function schemaChanges(database: Database.Database): readonly SchemaChange[] {
  const [old, now] = [schemaOf(database, 'old'), schemaOf(database, 'main')];
  const changes: SchemaChange[] = [];
  for (const [key, { type, name, sql }] of old) {
    const other = now.get(key);
    if (other?.sql === sql) continue;
    changes.push({ change: other === undefined ? 'removed' : 'changed', type, name });
  }
  for (const [key, { type, name }] of now) {
    if (!old.has(key)) changes.push({ change: 'added', type, name });
  }
  return changes;
}

function schemaOf(database: Database.Database, schema: 'main' | 'old') {
  const rows = database
    .prepare(
      `select type, name, sql from ${schema}.sqlite_schema
       where sql is not null and name not like 'sqlite\\_%' escape '\\' and tbl_name not in
         (select name from pragma_table_list where schema = '${schema}' and type = 'shadow')
       order by type, name`,
    )
    .all();
  return new Map(Objects.parse(rows).map((object) => [`${object.type} ${object.name}`, object]));
}
