import type Database from 'better-sqlite3';
import type { TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { errorCode, errorMessage } from '../../../os/error-code.ts';
import type { TableToMerge } from './find-tables.ts';
import { dropKeyLists, mergeByKey } from './merge-by-key.ts';
import { mergeWithoutKey } from './merge-without-key.ts';
import { dropPicked, pickRows } from './picked-rows.ts';
import { keepSequence } from './schema-objects.ts';
import { anyNull } from './sql-text.ts';
import type { RowCounts, TableRows } from './table-rows.ts';
import { type TableShape, tableIn } from './table-shape.ts';
import { uniqueClashes } from './unique-clashes.ts';
import { virtualContent } from './virtual-tables.ts';

/** Brings the rows of one table back; where that can't be, it is as it was and the answer says why. */
export function mergeTable(
  database: Database.Database,
  table: TableToMerge,
  live: TableShape,
): TableMerge {
  const { name } = table;
  try {
    const { deleted, ...counts } = mergeRowsOf(database, table, live);
    keepSequence(database, name);
    return { table: name, ...counts, orphans: 0, ...(table.replaces ? { deleted } : {}) };
  } catch (error) {
    if (!isOfTable(error)) throw error;
    return refusal(name, errorMessage(error));
  } finally {
    dropKeyLists(database);
    dropPicked(database);
  }
}

export function refusal(table: string, problem: string): TableMerge {
  const none = { inserted: 0, overwritten: 0, reusedKeys: 0, orphans: 0, examples: [] };
  return { table, ...none, problem };
}

class Refused extends Error {
  readonly code = 'SQLITE_CONSTRAINT';
}

/** What no other table would meet: not a full disk, damage, or a lock. */
export function isOfTable(error: unknown): boolean {
  return /^SQLITE_(ERROR|CONSTRAINT|MISMATCH|TOOBIG|RANGE|AUTH)/.test(errorCode(error));
}

function mergeRowsOf(
  database: Database.Database,
  table: TableToMerge,
  live: TableShape,
): RowCounts {
  const shared = table.backup.columns.filter((name) => live.columns.includes(name));
  const rows: TableRows = {
    database,
    table: live.name,
    live: tableIn('main', live.name),
    source: tableIn('backup', table.backup.name),
    shared,
    added: live.columns.filter((name) => !shared.includes(name)),
    key: live.key,
    rowName: live.isNumbered ? undefined : live.rowName,
    isNumbered: live.isNumbered,
    replaces: table.replaces,
  };
  if (live.kind === 'virtual') return mergeVirtual(rows, table, live);
  return mergeOrdinary(picked(rows, table));
}

function mergeVirtual(rows: TableRows, table: TableToMerge, live: TableShape): RowCounts {
  const content = virtualContent(live);
  if (content.kind !== 'rows') return nothing;
  const { key } = content;
  const shared = rows.shared.includes(key) ? rows.shared : [key, ...rows.shared];
  return mergeOrdinary(picked({ ...rows, key: [key], shared, rowName: undefined }, table));
}

const nothing: RowCounts = {
  inserted: 0,
  overwritten: 0,
  reusedKeys: 0,
  deleted: 0,
  examples: [],
};

function picked(rows: TableRows, { keys }: TableToMerge): TableRows {
  if (keys === undefined) return rows;
  const { database, source, key, shared } = rows;
  const found = pickRows({ database, source, key, columns: shared, keys });
  if ('problem' in found) throw new Refused(found.problem);
  return { ...rows, source: found.source };
}

/** Of old, SQLite lets a primary key hold NULL, any number of times. */
function mergeOrdinary(rows: TableRows): RowCounts {
  if (rows.key.length === 0) return mergeWithoutKey(rows, 'true');
  const keyed = namingClashes(rows, () => mergeByKey(rows));
  const isNull = anyNull(rows.key);
  if (!hasAny(rows, isNull)) return keyed;
  const keyless = mergeWithoutKey(rows, isNull);
  return {
    ...keyed,
    inserted: keyed.inserted + keyless.inserted,
    deleted: keyed.deleted + keyless.deleted,
  };
}

function hasAny({ database, live, source, replaces }: TableRows, which: string): boolean {
  const of = (table: string) => `exists (select 1 from ${table} where ${which})`;
  const sql = `select ${of(source)} or (${replaces ? 1 : 0} and ${of(live)})`;
  return database.prepare(sql).pluck().get() === 1;
}

function namingClashes(rows: TableRows, merge: () => RowCounts): RowCounts {
  try {
    return merge();
  } catch (error) {
    if (errorCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
    const problem = uniqueClashes(rows);
    if (problem === undefined) throw error;
    throw new Refused(problem);
  }
}
