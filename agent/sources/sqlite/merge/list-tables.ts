import type Database from 'better-sqlite3';
import type { TableListing } from '../../../../protocol/domain/table-page.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { connect } from '../connect.ts';
import { readShapes, type TableShape, tableIn } from './table-shape.ts';
import { virtualContent } from './virtual-tables.ts';

/** What a browser over a copy of a backup's database shows first. Nobody else may have the copy open. */
export function listTables(path: string): readonly TableListing[] {
  using file = openCopy(path);
  const { database } = file;
  const shapes = [...readShapes(database, 'main').values()].filter(holdsRows);
  return shapes.map((shape) => ({
    table: shape.name,
    columns: shape.columns,
    key: keyOf(shape),
    ...countRows(database, shape),
  }));
}

/** Not opened read-only: that fails for one in WAL mode. It is written to all the same by nobody. */
export function openCopy(path: string): ReturnType<typeof connect> {
  const file = connect(path, { fileMustExist: true });
  file.database.pragma('trusted_schema = off');
  file.database.pragma('query_only = on');
  return file;
}

export function holdsRows(shape: TableShape): boolean {
  if (shape.kind === 'virtual') return virtualContent(shape).kind !== 'none';
  return shape.kind !== 'view';
}

export function keyOf(shape: TableShape): readonly string[] {
  if (shape.kind !== 'virtual') return shape.key;
  const content = virtualContent(shape);
  return content.kind === 'rows' ? [content.key] : [];
}

function countRows(database: Database.Database, { name }: TableShape) {
  try {
    const sql = `select count(*) from ${tableIn('main', name)}`;
    return { rows: Number(database.prepare(sql).pluck().get()) };
  } catch (error) {
    return { rows: 0, problem: errorMessage(error) };
  }
}
