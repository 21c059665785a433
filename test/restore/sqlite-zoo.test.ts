import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { checkSqlite } from '../../agent/sources/sqlite/check-integrity.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';
import {
  change,
  dumpOf,
  type Layout,
  makeDatabase,
  oddTables,
  rowsIn,
} from '../support/sqlite-zoo.ts';
import '../support/memory-disk.ts';

afterEach(() => setFaultHook(undefined));

/** The database of an application that holds one odd kind of table, before and after a backup. */
function application(sql: string, layout: Layout = {}): RestoreFixture {
  const app = new RestoreFixture();
  // Only the database counts here.
  const { db } = app.config.sources;
  if (db === undefined) throw new Error('the fixture has no database');
  app.config = { ...app.config, sources: { db } };
  makeDatabase(app.database, sql, layout);
  return app;
}

/** Restores what was backed up before `change`, and takes it back; both have to be exact. */
async function expectExact(app: RestoreFixture, changeIt: () => void): Promise<void> {
  const then = dumpOf(app.database);
  const backup = await app.backup();
  changeIt();
  const now = dumpOf(copyOf(app));
  expect(now).not.toEqual(then);
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect(dumpOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(dumpOf(app.database)).toEqual(now);
}

/** Looking at the live one would take in what stands beside it. */
function copyOf(app: RestoreFixture): string {
  const copy = `${app.home}/look.db`;
  for (const ending of ['', '-wal', '-journal']) {
    rmSync(copy + ending, { force: true });
    if (existsSync(app.database + ending)) copyFileSync(app.database + ending, copy + ending);
  }
  return copy;
}

test.each(oddTables)('$name: restored and undone exactly', async ({ schema, backedUp, since }) => {
  for (const mode of ['wal', 'delete'] as const) {
    using app = application(`${schema}; ${backedUp}`, { mode });
    await expectExact(app, () => change(app.database, since));
  }
});

const pageSizes = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
const layouts: readonly (readonly [string, Layout])[] = [
  ...pageSizes.map((pageSize) => [`pages of ${pageSize} bytes`, { pageSize }] as const),
  ['UTF-16le', { encoding: 'UTF-16le' }],
  ['UTF-16be', { encoding: 'UTF-16be' }],
  ['full auto_vacuum', { autoVacuum: 'full' }],
  ['incremental auto_vacuum', { autoVacuum: 'incremental' }],
];

test.each(layouts)('%s, in both journal modes: restored and undone exactly', async (_, layout) => {
  for (const mode of ['wal', 'delete'] as const) {
    const [odd] = oddTables;
    using app = application(`${odd?.schema}; ${odd?.backedUp}`, { ...layout, mode });
    await expectExact(app, () => change(app.database, odd?.since ?? ''));
  }
});

test.each(layouts)(
  '%s, where it was laid out otherwise since: restored and undone exactly',
  async (_, layout) => {
    for (const mode of ['wal', 'delete'] as const) {
      using app = application('create table t (a); insert into t values (1)', { mode });
      await expectExact(app, () =>
        makeDatabase(app.database, "create table t (a); insert into t values ('other')", {
          ...layout,
          mode,
        }),
      );
    }
  },
);

const table = 'create table t (id integer primary key, a);';
const rows = (count: number) =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
   insert into t select i, 'row ' || i || printf('%200s', '') from n;`;

test('a hot journal, at the backup and at the restore: half a transaction comes back nowhere', async () => {
  using app = application(table + rows(300), { mode: 'delete' });
  const then = dumpOf(app.database);
  leaveHotJournal(app.database);
  const backup = await app.backup();
  change(app.database, "delete from t where id < 100; insert into t values (900, 'new')");
  const now = dumpOf(app.database);
  leaveHotJournal(app.database);
  expect(existsSync(`${app.database}-journal`)).toBe(true);

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(dumpOf(app.database)).toEqual(then);
  expect(existsSync(`${app.database}-journal`)).toBe(false);
  await app.undo(undo);
  expect(dumpOf(app.database)).toEqual(now);
});

test('a full -wal, at the backup and at the restore: each commit in it comes back', async () => {
  using app = application(table + rows(300));
  leaveFullWal(app.database, 'one');
  expect(existsSync(`${app.database}-wal`)).toBe(true);
  const then = dumpOf(copyOf(app));
  const backup = await app.backup();
  leaveFullWal(app.database, 'two');
  const now = dumpOf(copyOf(app));
  expect(now).not.toEqual(then);

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(dumpOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(dumpOf(app.database)).toEqual(now);
});

test('a stale -wal, which SQLite would take for the newest state, is not replayed into the restored database', async () => {
  using app = application(table + rows(300));
  const then = dumpOf(app.database);
  const backup = await app.backup();
  leaveFullWal(app.database, 'one');
  copyFileSync(`${app.database}-wal`, `${app.home}/stale`);
  change(app.database, `update t set a = 'two 19' || printf('%300s', '') where id % 3 = 0`);
  expect(existsSync(`${app.database}-wal`)).toBe(false);
  copyFileSync(`${app.home}/stale`, `${app.database}-wal`);
  const now = dumpOf(copyOf(app));
  expect(now['integrity']).toBe('ok');

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(dumpOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(dumpOf(app.database)).toEqual(now);
});

test('a -wal of another database, left where there is none, is replayed into neither', async () => {
  using app = application(table + rows(300));
  const then = dumpOf(app.database);
  const backup = await app.backup();
  const other = `${app.home}/other.db`;
  makeDatabase(other, table + rows(200));
  leaveFullWal(other, 'stale');
  copyFileSync(`${other}-wal`, `${app.database}-wal`);
  rmSync(app.database);

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(dumpOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(existsSync(app.database)).toBe(false);
});

test('what a client that came and went in WAL mode committed up to the exchange is in the undo', async () => {
  using app = application(table + rows(300));
  const then = dumpOf(app.database);
  const backup = await app.backup();
  const plan = await app.plan(backup);
  let isDone = false;
  setFaultHook(({ name, path }) => {
    if (isDone || name !== 'sqlite copy' || path !== app.database) return;
    isDone = true;
    change(app.database, "update t set a = 'late' where id = 7");
  });
  const { undo = '' } = await app.restore(plan);
  expect(isDone).toBe(true);
  expect(dumpOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(dumpOf(app.database)['t']).toContain("7 'late'");
});

test('collations and functions that only the application has: restored and undone, and said to be unchecked', async () => {
  using app =
    application(`create table c (name text collate nocase primary key, v); ${table} ${rows(20)};
    create table f (id integer primary key, a check (abs(a) > 0)); insert into c values ('a', 1); insert into f values (1, 1)`);
  {
    const database = new Database(app.database);
    database.unsafeMode(true);
    database.exec(`pragma writable_schema = on;
      update sqlite_schema set sql = replace(replace(sql, 'nocase', 'german'), 'abs(', 'ours(')`);
    database.close();
  }
  const then = rowsIn(app.database);
  const backup = await app.backup();
  change(app.database, 'delete from t');
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect(rowsIn(app.database)).toEqual(then);
  await app.undo(undo);
  expect(rowsIn(app.database)).toEqual({ ...then, t: [] });
  expect(checkSqlite(app.database)).toEqual({
    notes: [
      'table "c" could not be checked: no such collation sequence: german',
      'table "f" could not be checked: unknown function: ours()',
    ],
  });
});

/** As a process leaves it that dies in a transaction which did not fit into its memory. */
function leaveHotJournal(path: string): void {
  const database = new Database(path);
  database.pragma('cache_size = 5');
  database.exec("begin; update t set a = 'half ' || hex(randomblob(300))");
  keepBeside(path, '-journal', () => {
    database.exec('rollback');
    database.close();
  });
}

/** As a process leaves it that is killed with commits which no checkpoint took in. */
function leaveFullWal(path: string, word: string): void {
  const database = new Database(path);
  database.pragma('wal_autocheckpoint = 0');
  for (let n = 0; n < 20; n += 1) {
    database.exec(`update t set a = '${word} ${n}' || printf('%300s', '') where id % 3 = 0`);
  }
  keepBeside(path, '-wal', () => database.close());
}

function keepBeside(path: string, companion: string, end: () => void): void {
  const files = ['', companion].map((ending) => path + ending);
  for (const file of files) copyFileSync(file, `${file}.kept`);
  end();
  for (const file of files) {
    copyFileSync(`${file}.kept`, file);
    rmSync(`${file}.kept`);
  }
}
