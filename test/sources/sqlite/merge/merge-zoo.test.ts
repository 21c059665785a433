import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mergeInto, planMerge } from '../../../../agent/sources/sqlite/merge/merge-database.ts';
import type { MergeWhat } from '../../../../agent/sources/sqlite/merge/merge-order.ts';
import { prepareMerge } from '../../../../agent/sources/sqlite/merge/prepare-merge.ts';
import { doSwap, undoSwap } from '../../../../agent/sources/swap-step.ts';
import {
  change,
  dumpOf,
  type Layout,
  makeDatabase,
  type OddTable,
  oddTables,
  rowsIn,
} from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';
import '../../../support/memory-disk.ts';

const { signal } = new AbortController();

/** The backup's database, the live one, and what the live one should be after a merge. */
function build(
  { schema, backedUp, since, merged }: OddTable,
  thenLayout?: Layout,
  layout?: Layout,
) {
  const folder = temporaryFolder();
  const [backup, live, expected] = ['then.db', 'live.db', 'expected.db'].map((name) =>
    join(folder, name),
  );
  if (backup === undefined || live === undefined || expected === undefined) throw new Error();
  makeDatabase(backup, `${schema}; ${backedUp}`, thenLayout);
  makeDatabase(live, `${schema}; ${backedUp}`, layout);
  change(live, since);
  // Triggers are made last: what they would log is in what is expected.
  makeDatabase(expected, `${schema}; ${merged}`, layout);
  return { folder, backup, live, expected };
}

/** What a restore does with the one step, and with its way back. */
async function run(built: ReturnType<typeof build>, what: MergeWhat) {
  const { folder, backup: incoming, live } = built;
  const outgoing = join(folder, 'old', 'live.db');
  mkdirSync(join(folder, 'old'));
  const { steps } = await prepareMerge({ live, incoming, outgoing }, what, signal);
  const [step] = steps;
  if (step === undefined) throw new Error('no step');
  return {
    merge: async () => await doSwap(step, signal),
    undo: async () => await undoSwap(step, '', signal),
  };
}

const quiet = () => undefined;
/** Numbers that were given stay given, so these need not be those of the expected database. */
const withoutSequence = ({ sqlite_sequence: _, ...rest }: Readonly<Record<string, unknown>>) =>
  rest;

describe.each(oddTables)('$name', (odd) => {
  test('a merge makes exactly what is expected, and an undo what was', async () => {
    const built = build(odd);
    const { live, expected } = built;
    const now = dumpOf(live);
    const { merge, undo } = await run(built, 'merge');

    await merge();
    const then = dumpOf(live);
    expect(withoutSequence(then)).toEqual(withoutSequence(dumpOf(expected)));
    await undo();
    expect(dumpOf(live)).toEqual(now);
    await mergeInto({ backup: built.backup, live, what: 'merge' }, signal);
    await mergeInto({ backup: built.backup, live, what: 'merge' }, signal);
    expect(dumpOf(live)).toEqual(then);
  });

  test('all tables, brought back as they were, are exactly those of the backup', async () => {
    const built = build(odd);
    const { live, backup } = built;
    const now = dumpOf(live);
    const tables = ownTables(backup).map((table) => ({ table }));
    const { merge, undo } = await run(built, { tables });

    await merge();
    expect(withoutSequence(dumpOf(live))).toEqual(withoutSequence(dumpOf(backup)));
    await undo();
    expect(dumpOf(live)).toEqual(now);
  });

  test('a plan counts what a merge then does, and changes nothing', async () => {
    const { live, backup } = build(odd);
    const [now, then] = [dumpOf(live), dumpOf(backup)];
    const before = rowsIn(live);
    const plan = await planMerge({ backup, live, what: 'merge' }, quiet, signal);
    expect([dumpOf(live), dumpOf(backup)]).toEqual([now, then]);

    expect(plan.filter(({ problem }) => problem !== undefined)).toEqual([]);
    const done = await mergeInto({ backup, live, what: 'merge' }, signal);
    expect(plan).toEqual(done);
    const after = rowsIn(live);
    for (const { table, inserted, overwritten } of plan) {
      const [old, fresh] = [before[table] ?? [], after[table] ?? []];
      expect(fresh.length - old.length, table).toBe(inserted);
      expect(newIn(fresh, old), table).toBe(inserted + overwritten);
    }
  });
});

/** Rows that were not there, equal ones counted. */
function newIn(fresh: readonly string[], old: readonly string[]): number {
  const left = [...old];
  return fresh.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}

function ownTables(path: string): readonly string[] {
  return Object.keys(rowsIn(path)).filter((name) => !name.startsWith('sqlite_'));
}

const pageSizes = [512, 1024, 4096, 32_768, 65_536];
const layouts: readonly (readonly [string, Layout, Layout])[] = [
  ...pageSizes.map((pageSize): [string, Layout, Layout] => [
    `pages of ${pageSize} bytes into ones of 4096`,
    { pageSize },
    {},
  ]),
  ...pageSizes.map((pageSize): [string, Layout, Layout] => [
    `pages of 4096 bytes into ones of ${pageSize}, rollback journal`,
    {},
    { pageSize, mode: 'delete' },
  ]),
  ['UTF-16le', { encoding: 'UTF-16le' }, { encoding: 'UTF-16le' }],
  ['UTF-16be', { encoding: 'UTF-16be', mode: 'delete' }, { encoding: 'UTF-16be' }],
  ['full auto_vacuum', { autoVacuum: 'full' }, { autoVacuum: 'full', mode: 'delete' }],
  ['auto_vacuum into none', { autoVacuum: 'full' }, { autoVacuum: 'none' }],
  ['none into incremental auto_vacuum', {}, { autoVacuum: 'incremental' }],
];

test.each(layouts)('%s: merged, and undone', async (_, thenLayout, layout) => {
  for (const odd of oddTables.filter((_each, at) => at % 4 === 0 || at === 13)) {
    const built = build(odd, thenLayout, layout);
    const now = dumpOf(built.live);
    const { merge, undo } = await run(built, 'merge');
    await merge();
    expect(withoutSequence(dumpOf(built.live)), odd.name).toEqual(
      withoutSequence(dumpOf(built.expected)),
    );
    await undo();
    expect(dumpOf(built.live), odd.name).toEqual(now);
  }
});
