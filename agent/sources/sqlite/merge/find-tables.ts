import type Database from 'better-sqlite3';
import type { TablePart } from '../../../../protocol/domain/restore-order.ts';
import type { MergeWhat } from './merge-order.ts';
import { readShapes, type TableShape } from './table-shape.ts';
import { virtualContent } from './virtual-tables.ts';

/** A table that comes back, with what is live under its name. */
export interface TableToMerge {
  readonly name: string;
  readonly backup: TableShape;
  readonly live: TableShape | undefined;
  /** Rows to bring back; absent: all. */
  readonly keys: TablePart['keys'];
  /** What is only live goes away. */
  readonly replaces: boolean;
}

export interface RefusedTable {
  readonly name: string;
  readonly problem: string;
}

interface FoundTables {
  readonly tables: readonly TableToMerge[];
  readonly refused: readonly RefusedTable[];
}

/** Views hold no rows; what only shows the rows of others has none of its own. */
export function findTables(database: Database.Database, what: MergeWhat): FoundTables {
  const [then, now] = [readShapes(database, 'backup'), readShapes(database, 'main')];
  const parts: readonly TablePart[] =
    what === 'merge'
      ? [...then.values()].filter((shape) => comesBack(shape, now)).map(partOf)
      : what.tables;
  const tables: TableToMerge[] = [];
  const refused: RefusedTable[] = [];
  for (const { table, keys } of parts) {
    const [backup, live] = [then.get(table.toLowerCase()), now.get(table.toLowerCase())];
    const problem = problemOf(backup, live, keys !== undefined);
    if (problem !== undefined) refused.push({ name: table, problem });
    else if (backup !== undefined) {
      const replaces = what !== 'merge' && keys === undefined;
      tables.push({ name: live?.name ?? backup.name, backup, live, keys, replaces });
    }
  }
  return { tables, refused };
}

/** An index of other tables' rows is built anew when those change, and made where it is gone. */
function comesBack(shape: TableShape, now: ReadonlyMap<string, TableShape>): boolean {
  if (shape.kind !== 'virtual') return shape.kind !== 'view';
  const { kind } = virtualContent(shape);
  return kind === 'index' ? !now.has(shape.name.toLowerCase()) : kind !== 'none';
}

const partOf = ({ name }: TableShape): TablePart => ({ table: name });

function problemOf(
  backup: TableShape | undefined,
  live: TableShape | undefined,
  picksRows: boolean,
): string | undefined {
  if (backup === undefined) return 'the backup has no such table';
  if (backup.kind === 'view') return 'it is a view, which has no rows of its own';
  return virtualProblem(backup, picksRows) ?? (live && differenceOf(backup, live));
}

function virtualProblem(shape: TableShape, picksRows: boolean): string | undefined {
  if (shape.kind !== 'virtual') return undefined;
  const content = virtualContent(shape);
  if (content.kind === 'unknown') return content.problem;
  if (content.kind === 'rows' || !picksRows) return undefined;
  return 'its rows are those of other tables: pick them there';
}

/** What makes rows of then not fit into the table as it is now. Columns that came since take their defaults. */
function differenceOf(backup: TableShape, live: TableShape): string | undefined {
  if (live.kind === 'view') return 'it is a view now';
  if ((live.kind === 'virtual') !== (backup.kind === 'virtual')) {
    return 'it is another kind of table now';
  }
  if (live.kind === 'virtual' && live.sql !== backup.sql) return 'it is declared otherwise now';
  const lost = backup.columns.filter((name) => !live.columns.includes(name));
  if (lost.length > 0) return `the live table has no column ${lost.join(', ')} any more`;
  if (String(live.key) === String(backup.key)) return undefined;
  return `its key was (${backup.key.join(', ')}) and is (${live.key.join(', ')}) now`;
}
