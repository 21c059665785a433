import { setImmediate } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { findTables, type TableToMerge } from './find-tables.ts';
import type { MergeWhat } from './merge-order.ts';
import { isOfTable, mergeTable, refusal } from './merge-table.ts';
import { newOrphans, readOrphans } from './orphans.ts';
import { dropTriggers, makeTable, makeTriggers } from './schema-objects.ts';
import { readShapes, type TableShape } from './table-shape.ts';
import { rebuildIndexes } from './virtual-tables.ts';

type Triggers = ReturnType<typeof dropTriggers>;

/**
 * Brings the tables of the attached `backup` back into `main`, in the transaction that is open. A table
 * with a problem is left as it was, so that all problems are found; the caller must not commit then.
 */
export async function mergeTables(
  database: Database.Database,
  what: MergeWhat,
  onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<readonly TableMerge[]> {
  const { tables, refused } = findTables(database, what);
  const before = readOrphans(database);
  const triggers: Triggers[number][] = [];
  const merged = refused.map(({ name, problem }) => refusal(name, problem));
  for (const table of tables) {
    signal.throwIfAborted();
    onTable(table.name);
    // Lets progress and a cancel through: SQLite works in this thread.
    await setImmediate();
    const one = mergeOne(database, table);
    triggers.push(...one.triggers);
    merged.push(one.merge);
  }
  rebuildStale(database, tables, merged);
  makeTriggers(database, triggers);
  return withOrphans(merged, newOrphans(before, readOrphans(database)));
}

function mergeOne(
  database: Database.Database,
  table: TableToMerge,
): { readonly merge: TableMerge; readonly triggers: Triggers } {
  database.exec('savepoint "kedge table"');
  const { merge, triggers } = tryOne(database, table);
  if (merge.problem !== undefined) database.exec('rollback to "kedge table"');
  database.exec('release "kedge table"');
  return { merge, triggers: merge.problem === undefined ? triggers : [] };
}

function tryOne(database: Database.Database, table: TableToMerge) {
  try {
    const triggers = prepareTable(database, table);
    const live = table.live ?? liveShape(database, table);
    return { merge: mergeTable(database, table, live), triggers };
  } catch (error) {
    if (!isOfTable(error)) throw error;
    return { merge: refusal(table.name, errorMessage(error)), triggers: [] };
  }
}

class NotMade extends Error {
  readonly code = 'SQLITE_ERROR';
}

function prepareTable(database: Database.Database, { live, backup }: TableToMerge): Triggers {
  if (live !== undefined) return dropTriggers(database, live.name);
  try {
    return makeTable(database, backup, backup.kind === 'virtual');
  } catch (error) {
    if (!isOfTable(error)) throw error;
    throw new NotMade(`it is gone and could not be made again: ${errorMessage(error)}`);
  }
}

function liveShape(database: Database.Database, { name, backup }: TableToMerge): TableShape {
  return readShapes(database, 'main').get(name.toLowerCase()) ?? backup;
}

function rebuildStale(
  database: Database.Database,
  tables: readonly TableToMerge[],
  merged: readonly TableMerge[],
): void {
  const changed = merged.filter(
    ({ inserted, overwritten, deleted = 0 }) => inserted + overwritten + deleted > 0,
  );
  const stale = new Set(changed.map(({ table }) => table.toLowerCase()));
  const asked = new Set(
    tables
      .filter(({ replaces, live }) => replaces || live === undefined)
      .map(({ name }) => name.toLowerCase()),
  );
  const shapes = readShapes(database, 'main');
  const isStale = (index: string, content: string) =>
    stale.has(content) ||
    asked.has(index) ||
    (stale.size > 0 && shapes.get(content)?.kind === 'view');
  rebuildIndexes(database, shapes.values(), isStale);
}

function withOrphans(
  merged: readonly TableMerge[],
  orphans: ReturnType<typeof newOrphans>,
): readonly TableMerge[] {
  const known = new Set(merged.map(({ table }) => table));
  const others = [...orphans.keys()].filter((table) => !known.has(table));
  const none = { inserted: 0, overwritten: 0, reusedKeys: 0, orphans: 0, examples: [] };
  return [...merged, ...others.map((table) => ({ table, ...none }))].map((one) => {
    const found = orphans.get(one.table);
    if (found === undefined) return one;
    const examples = [...one.examples, ...found.examples];
    return { ...one, orphans: found.count, examples };
  });
}
