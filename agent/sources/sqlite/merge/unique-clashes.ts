import * as z from 'zod';
import { nameOf } from './merge-examples.ts';
import { quoted, sameKey } from './sql-text.ts';
import { sourceOfStale, type TableRows } from './table-rows.ts';
import { uniqueIndexes } from './table-shape.ts';

const namedAtMost = 5;

/** Which rows that came since have what must be unique and comes back; in words, or undefined where none is found. */
export function uniqueClashes(rows: TableRows): string | undefined {
  const found: string[] = [];
  for (const { origin, columns } of uniqueIndexes(rows.database, 'main', rows.table)) {
    const names = columns.flatMap((name) => (name === null ? [] : [name]));
    if (origin === 'pk' || names.length < columns.length) continue;
    const clash = clashesOn(rows, names);
    if (clash !== undefined) found.push(clash);
  }
  return found.length === 0 ? undefined : found.join('; ');
}

const Clashes = z.array(z.array(z.unknown()));

function clashesOn(rows: TableRows, columns: readonly string[]): string | undefined {
  const { database, live, key } = rows;
  const same = columns.map((name) => `s.${quoted(name)} = b.${quoted(name)}`).join(' and ');
  const from = `from ${sourceOfStale(rows)} cross join ${live} s on ${same} where not (${sameKey(key, 's', 'b')})`;
  const count = Number(database.prepare(`select count(*) ${from}`).pluck().get());
  if (count === 0) return undefined;
  const values = [
    ...columns.map((name) => `b.${quoted(name)}`),
    ...['b', 's'].flatMap((side) => key.map((name) => `${side}.${quoted(name)}`)),
  ];
  const clashes = Clashes.parse(
    database
      .prepare(`select ${values.join(', ')} ${from} limit ${namedAtMost}`)
      .raw()
      .all(),
  ).map((row) => {
    const [then, now] = [row.slice(columns.length), row.slice(columns.length + key.length)];
    return `${nameOf(columns, row)} is that of ${nameOf(key, then)} in the backup and of ${nameOf(key, now)} now`;
  });
  const more = count > namedAtMost ? `, and ${count - namedAtMost} more` : '';
  return `unique (${columns.join(', ')}) would be there twice: ${clashes.join(', ')}${more}`;
}
