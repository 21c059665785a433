import { afterAll, beforeAll, expect } from 'vitest';
import { openSession } from '../../../agent/sources/mariadb/sessions.ts';
import { serverOf } from '../../../agent/sources/mariadb/settings.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { databaseWith, partsOf } from '../../support/mariadb-tables.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

const { signal } = new AbortController();
let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const twoTables = ['owner', 'visit'].map(
  (name) => `CREATE TABLE ${name} (id INT PRIMARY KEY); INSERT INTO ${name} VALUES (1);
    CREATE TRIGGER first_${name} BEFORE INSERT ON ${name} FOR EACH ROW SET @first = 1;
    CREATE TRIGGER next_${name} BEFORE INSERT ON ${name} FOR EACH ROW SET @next = 1;`,
);

testWithMariadb(
  'an administrator who holds a table with triggers makes an exchange fail, and not the way back',
  async () => {
    const restoring = [{}, partsOf('owner', 'visit')].map(async (asked) => {
      using app = databaseWith(server, twoTables.join(' '));
      const { db } = app.config.sources;
      if (db?.engine !== 'mariadb') throw new Error('it has another source');
      const before = app.dump();
      const plan = await app.plan(await app.backup(), asked);
      // In no database: who is in that one is ended.
      using holder = await openSession(serverOf(db), signal);
      await holder.query('BEGIN', signal);
      await holder.query(`SELECT * FROM ${app.database}.visit`, signal);
      const failed = await app.restore(plan).then(() => 'nothing failed', failureOf);
      return [failed, app.dump() === before, app.databases()];
    });
    for (const found of await Promise.all(restoring))
      expect(found).toEqual([
        { code: 'rolled-back', params: { why: expect.stringContaining('is held, by one of') } },
        true,
        [expect.not.stringContaining('kedge')],
      ]);
  },
  60_000,
);
