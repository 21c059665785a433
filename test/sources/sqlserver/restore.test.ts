import { afterAll, beforeAll, expect, test } from 'vitest';
import { howFarTried } from '../../../agent/databases/sqlserver/how-far-tried.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import { SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';

let server: FakeSqlserver;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
});
afterAll(async () => await server[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();
const visits = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `visit ${n}`);

/** A database of its own with one table of so many rows. */
function small(rows = 3, name = `small_${numbers.next().value}`): SqlserverFixture {
  server.create(name).put('visit', visits(rows));
  return new SqlserverFixture(server, name);
}

test('a full comes back beside the live one, changes names with it, and can be undone both ways', async () => {
  using app = small(3);
  const backup = await app.backup();
  expect(backup).toMatchObject({ outcome: 'complete' });
  app.live?.put('visit', visits(1));
  app.live?.put('later', ['x']);
  const plan = await app.plan(backup);
  expect([plan.obstacles, plan.warnings.at(-1)]).toEqual([
    [],
    expect.stringContaining(howFarTried),
  ]);
  expect(plan.changes[0]?.tables).toEqual([
    { table: 'dbo.later', backupRows: 0, liveRows: 1 },
    { table: 'dbo.visit', backupRows: 3, liveRows: 1 },
  ]);
  const { undo = '', notes } = await app.restore(plan);
  expect({ notes, rows: app.live?.rows('visit'), owner: app.live?.owner }).toEqual({
    notes: [],
    rows: visits(3),
    owner: 'app_owner',
  });
  expect(app.live?.rows('later')).toBeUndefined();
  const { undo: back = '' } = await app.undo(undo);
  expect(app.live?.rows('visit')).toEqual(visits(1));
  const again = await app.undo(back);
  expect(app.live?.rows('visit')).toEqual(visits(3));
  const name = app.database;
  expect(app.databases()).toEqual([
    `${name}__kedge_undo_N|OFFLINE|SINGLE_USER`,
    `${name}|ONLINE|MULTI_USER`,
  ]);
  expect(app.exchanged()).toEqual([]);
  const kept = await findUndo(app.stateFolder, again.undo ?? '');
  expect(kept.bytes).toBe(9 << 20);
  await expireUndos(app.stateFolder, kept.expiresAtMs + 1);
  expect({ databases: app.databases(), left: server.leftFiles }).toEqual({
    databases: [`${name}|ONLINE|MULTI_USER`],
    left: [],
  });
});

test('a differential of the server is restored after its full, which lies in the base', async () => {
  using app = small(2000);
  app.live?.put('pet', ['cat']);
  const full = await app.backup();
  app.live?.put('pet', ['cat', 'dog']);
  app.live?.put('owner', ['Ada']);
  const differential = await app.backup(full);
  expect(differential).toMatchObject({ kind: 'differential', outcome: 'complete' });
  app.live?.drop('visit');
  const { notes } = await app.restore(await app.plan(differential));
  const { live } = app;
  expect([notes, live?.rows('visit')?.length, live?.rows('pet'), live?.rows('owner')]).toEqual([
    [],
    2000,
    ['cat', 'dog'],
    ['Ada'],
  ]);
  const said = server.said.filter((sql) => sql.startsWith('RESTORE DATABASE [small'));
  expect(said.map((sql) => /WITH (\w+)/.exec(sql)?.[1])).toContain('NORECOVERY');
  expect(app.exchanged()).toEqual([]);
});
