import type Database from 'better-sqlite3';
import { quoted } from './sql-text.ts';
import { type TableShape, tableIn } from './table-shape.ts';

/** How the content of a virtual table comes back. */
export type VirtualContent =
  /** Row by row, told apart by `key`. */
  | { readonly kind: 'rows'; readonly key: string }
  /** It is an index of `table`'s rows, or a view's, and is built anew from them. */
  | { readonly kind: 'index'; readonly table: string }
  /** It only shows what others hold. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly problem: string };

const fullText = new Set(['fts3', 'fts4', 'fts5']);
const boxes = new Set(['rtree', 'rtree_i32']);
const windows = new Set(['fts5vocab', 'fts4aux', 'fts3tokenize', 'dbstat']);

export function virtualContent({ sql, columns }: TableShape): VirtualContent {
  const module = /\busing\s+["'[`]?(\w+)/i.exec(sql)?.[1]?.toLowerCase() ?? '';
  if (fullText.has(module)) return fullTextContent(sql);
  const [first = 'rowid'] = columns;
  if (boxes.has(module)) return { kind: 'rows', key: first };
  if (module === 'geopoly') return { kind: 'rows', key: 'rowid' };
  if (windows.has(module)) return { kind: 'none' };
  return { kind: 'unknown', problem: `its module "${module}" is not known here` };
}

function fullTextContent(sql: string): VirtualContent {
  const option = /[,(]\s*content\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s,)]*))/i.exec(sql);
  if (option === null) return { kind: 'rows', key: 'rowid' };
  const table = option[1] ?? option[2] ?? option[3] ?? '';
  if (table !== '') return { kind: 'index', table };
  return {
    kind: 'unknown',
    problem: 'it is a contentless full-text index: its text is kept nowhere',
  };
}

/** Builds those full-text indexes anew whose rows lie elsewhere and may be others now. Names in lower case. */
export function rebuildIndexes(
  database: Database.Database,
  shapes: Iterable<TableShape>,
  isStale: (index: string, contentTable: string) => boolean,
): void {
  for (const shape of shapes) {
    if (shape.kind !== 'virtual') continue;
    const content = virtualContent(shape);
    if (content.kind !== 'index') continue;
    if (!isStale(shape.name.toLowerCase(), content.table.toLowerCase())) continue;
    const table = tableIn('main', shape.name);
    database.prepare(`insert into ${table} (${quoted(shape.name)}) values ('rebuild')`).run();
  }
}
