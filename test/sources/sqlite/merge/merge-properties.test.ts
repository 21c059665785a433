import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { mergeInto, planMerge } from '../../../../agent/sources/sqlite/merge/merge-database.ts';
import type { MergeWhat } from '../../../../agent/sources/sqlite/merge/merge-order.ts';
import { makeDatabase, rowsIn } from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';
import '../../../support/memory-disk.ts';

const { signal } = new AbortController();

const cell = fc.constantFrom('NULL', '0', '1', '1.5', "'a'", "'A'", "X'61'", "''");
const row = fc.tuple(fc.integer({ min: 1, max: 9 }), cell, cell);
type Row = readonly [number, string, string];
const rows = fc.array(row, { maxLength: 14 });

/** The last row of a key counts. */
const keyed = (all: readonly Row[]): readonly Row[] => [
  ...new Map(all.map((each) => [each[0], each])).values(),
];
const textOf = (each: Row): string => each.join(' ');
const sorted = (all: readonly Row[]): readonly string[] => all.map(textOf).sort();

function inserts(all: readonly Row[]): string {
  return all.map((each) => `insert into t values (${each.join(', ')})`).join('; ') || 'select 1';
}

/** Merges one table into another, and holds the plan to what was done. */
async function merged(table: string, then: readonly Row[], now: readonly Row[], what: MergeWhat) {
  const folder = temporaryFolder();
  const [backup, live] = [join(folder, 'then.db'), join(folder, 'live.db')];
  const schema = `create table t ${table}; create table log (x);
    create trigger a after insert on t begin insert into log values (1); end;
    create trigger b before delete on t begin insert into log values (2); end; create index i on t (b)`;
  makeDatabase(backup, `${schema}; ${inserts(then)}; delete from log`);
  makeDatabase(live, `${schema}; ${inserts(now)}; delete from log`);
  const order = { backup, live, what };
  const [plan] = (await planMerge(order, () => undefined, signal)).filter(isOfT);
  const [done] = (await mergeInto(order, signal)).filter(isOfT);
  const found = rowsIn(live);
  const fired = found['log']?.length ?? 0;
  return { rows: found['t'], counts: countsOf(plan), done: countsOf(done), fired };
}

interface Counted {
  readonly table: string;
  readonly inserted: number;
  readonly overwritten: number;
  readonly deleted?: number | undefined;
}

const isOfT = ({ table }: Counted) => table === 't';
const countsOf = (one?: Counted) => [one?.inserted, one?.overwritten, one?.deleted ?? 0];

const shapes = [
  '(k integer primary key, a, b)',
  '(k int, a, b, primary key (k)) without rowid',
  '(k int unique not null, a, b)',
  '(k integer primary key, a any, b any) strict',
];

test.each(shapes)('of %s a merge is that of two maps', async (table) => {
  const byKey = fc.asyncProperty(rows, rows, async (first, second) => {
    const [then, now] = [keyed(first), keyed(second)];
    const live = new Map(now.map((each) => [each[0], textOf(each)]));
    const inserted = then.filter(([key]) => !live.has(key)).length;
    const same = then.filter((each) => live.get(each[0]) === textOf(each)).length;
    const overwritten = then.length - inserted - same;
    const gone = now.length - (then.length - inserted);
    const both = await merged(table, then, now, 'merge');
    const whole = await merged(table, then, now, { tables: [{ table: 't' }] });
    const counts = [inserted, overwritten, 0];
    const all = [inserted, overwritten, gone];
    expectSame(both, { rows: sorted(keyed([...now, ...then])), counts, done: counts, fired: 0 });
    expectSame(whole, { rows: sorted(then), counts: all, done: all, fired: 0 });
  });
  await fc.assert(byKey, { numRuns: 15 });
});

test('without a key a merge is that of two bags', async () => {
  const bags = fc.asyncProperty(rows, rows, async (then, now) => {
    const left = now.map(textOf);
    const missing = then.filter((each) => {
      const at = left.indexOf(textOf(each));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const both = await merged('(k, a, b)', then, now, 'merge');
    const whole = await merged('(k, a, b)', then, now, { tables: [{ table: 't' }] });
    const counts = [missing.length, 0, 0];
    const all = [missing.length, 0, left.length];
    expectSame(both, { rows: sorted([...now, ...missing]), counts, done: counts, fired: 0 });
    expectSame(whole, { rows: sorted(then), counts: all, done: all, fired: 0 });
  });
  await fc.assert(bags, { numRuns: 20 });
});

/** Thrown rather than expected: fast-check makes what fails small. */
function expectSame(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} instead of ${b}`);
}
