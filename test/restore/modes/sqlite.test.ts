import * as fs from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { RestoreFixture } from '../../support/restore-fixture.ts';
import { planOf } from '../../support/restore-in-part.ts';

const merge = { mode: { kind: 'merge' } } as const;

function databaseOnly(): RestoreFixture {
  const app = new RestoreFixture();
  const { db } = app.config.sources;
  if (db === undefined) throw new Error('the fixture has no database');
  app.config = { ...app.config, sources: { db } };
  return app;
}

function query(path: string, sql: string): unknown {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
}

const odd = (app: RestoreFixture) => {
  const database = new Database(app.database);
  database.exec('drop table "odd ""name"');
  database.close();
};

test('a merge of a database brings rows back, says which, keeps later ones, and is undone exactly', async () => {
  using app = databaseOnly();
  odd(app);
  const backup = await app.backup();
  app.changeAll();
  const before = app.live();
  const plan = await planOf(app, backup, merge);

  const { undo = '' } = await app.restore(plan);

  expect(plan.obstacles).toEqual([]);
  expect(plan.merges?.[0]?.tables?.find(({ table }) => table === 'patient')).toMatchObject({
    inserted: 200,
    overwritten: 0,
    orphans: 0,
  });
  expect(query(app.database, 'select count(*), max(name) from patient')).toEqual([
    [301, expect.stringContaining('Patient 99 ')],
  ]);
  expect(query(app.database, "select count(*) from patient where name = 'Late'")).toEqual([[1]]);
  expect(query(app.database, 'select x from later')).toEqual([[1]]);
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('one table, and single rows of it, come back as they were', async () => {
  using app = databaseOnly();
  const backup = await app.backup();
  app.changeAll();
  const before = app.live();
  const rows = [{ source: 'db', tables: [{ table: 'patient', keys: [[7], [8]] }] }];
  const table = [{ source: 'db', tables: [{ table: 'patient' }] }];

  const few = await app.restore(await planOf(app, backup, { parts: rows }));
  expect(query(app.database, 'select id from patient where id < 201')).toEqual([[7], [8]]);
  await app.undo(few.undo ?? '');
  expect(app.live()).toEqual(before);
  await app.restore(await planOf(app, backup, { parts: table }));

  expect(query(app.database, 'select count(*), max(id) from patient')).toEqual([[300, 300]]);
  expect(query(app.database, 'select x from later')).toEqual([[1]]);
  expect(fs.existsSync(app.extraSettings)).toBe(true);
});

test('a path of a database and tables of files are obstacles', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const obstacles = async (part: object) =>
    (await planOf(app, backup, { parts: [{ source: '', ...part }] })).obstacles;

  expect(await obstacles({ source: 'db', paths: ['clinic.db'] })).toEqual([
    'source "db" is a database; name tables of it',
  ]);
  expect(await obstacles({ source: 'uploads', tables: [{ table: 'x' }] })).toEqual([
    'source "uploads" holds files and no tables',
  ]);
});
