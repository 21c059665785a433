import * as z from 'zod';
import { quoted } from './sql-text.ts';
import { sourceOfStale, type TableRows } from './table-rows.ts';

const examplesOfAKind = 3;
const charactersShown = 40;
/** Of both sides together: SQLite answers no more than 2,000 columns. */
const columnsRead = 500;

const Values = z.array(z.array(z.unknown()));

/** Those of reused keys first: they are what the admin has to look at. */
export function overwrittenExamples(rows: TableRows): readonly string[] {
  const { database, live, key, shared } = rows;
  const others = shared.filter((name) => !key.includes(name));
  const columns = [...key, ...others.slice(0, columnsRead)];
  const sides = ['l', 'b'].flatMap((side) => columns.map((name) => `${side}.${quoted(name)}`));
  const same = key.map((name) => `l.${quoted(name)} = b.${quoted(name)}`).join(' and ');
  const found = database
    .prepare(
      `select x.reused, ${sides.join(', ')} from ${sourceOfStale(rows)} cross join ${live} l on ${same}
       where not x.missing order by x.reused desc limit ${examplesOfAKind}`,
    )
    .raw()
    .all();
  return Values.parse(found).map(([reused, ...values]) => {
    const [now, then] = [values.slice(0, columns.length), values.slice(columns.length)];
    const word = reused === 1 ? 'reused key' : 'overwritten';
    const name = nameOf(key, then.slice(0, key.length));
    return `${word}: ${name}: ${changesOf(columns, now, then)}`;
  });
}

/** `id 17`, `day 2026-11-20, ward 3`. */
export function nameOf(columns: readonly string[], values: readonly unknown[]): string {
  return columns.map((name, at) => `${name} ${shown(values[at])}`).join(', ');
}

function changesOf(
  columns: readonly string[],
  now: readonly unknown[],
  then: readonly unknown[],
): string {
  const changed = columns.flatMap((name, at) => {
    const [from, to] = [shown(now[at]), shown(then[at])];
    return from === to ? [] : [`${name} ${from} becomes ${to}`];
  });
  const rest = changed.length - 2;
  return [...changed.slice(0, 2), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = String(value);
  return text.length > charactersShown ? `"${text.slice(0, charactersShown)}..."` : `"${text}"`;
}
