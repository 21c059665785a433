import { afterAll, beforeAll, expect } from 'vitest';
import { connectMariadb } from '../../../agent/databases/mariadb/connect.ts';
import { findLocalMariadb } from '../../../agent/databases/mariadb/local-mariadb.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { openMariadbSource } from '../../../agent/sources/mariadb/source.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { ReconnectingClient } from '../../databases/reconnecting-client.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp } from '../../support/mariadb-app.ts';
import { clinicTables, databaseWith, partsOf, planOf } from '../../support/mariadb-tables.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { until } from '../../support/until.ts';
import { whileDown } from '../../support/while-down.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const sql = (app: DatabaseFixture, text: string): string =>
  server.sql(`USE ${app.database}; ${text}`);

testWithMariadb(
  'a client that comes back every 50 ms sees the rows of now or of then, and is out for no more than the renames',
  async () => {
    using app = databaseWith(
      server,
      `CREATE TABLE visit (id INT PRIMARY KEY, what TEXT); CREATE TABLE bill (id INT PRIMARY KEY,
      FOREIGN KEY (id) REFERENCES visit (id)); INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_20000; INSERT INTO bill SELECT id FROM visit;
      CREATE VIEW both_of AS SELECT (SELECT COUNT(*) FROM visit) AS visits, (SELECT COUNT(*) FROM bill) AS bills;
      CREATE USER visitor@localhost`,
    );
    server.sql(`GRANT SELECT ON ${app.database}.* TO visitor@localhost`);
    const backup = await app.backup();
    sql(app, 'DELETE FROM bill WHERE id > 10; DELETE FROM visit WHERE id > 10');
    const asked = await planOf(app, backup, 'visit', 'bill');
    const seen = new Set<string>();
    const place = { socket: server.socket, host: 'localhost', port: server.port };
    const login = { place, isLocal: true, user: 'visitor', password: undefined };
    await using client = new ReconnectingClient(async (over) => {
      const session = await connectMariadb({ ...login, database: app.database }, over);
      const query = async (_sql: string, until: AbortSignal) => {
        const found = await session
          .query('SELECT visits, bills FROM both_of', until)
          .catch((error: unknown) => {
            // Only the end of the connection; a table or view that is missing would be an answer.
            const words = String(error);
            if (/exist|doesn't|references/.test(words)) seen.add(words);
            throw error;
          });
        seen.add(Object.values(found[0] ?? {}).join(' '));
        return found;
      };
      return { ...session, query };
    });
    await until(() => client.entered > 0 && seen.size > 0);
    const { operations } = await whileDown(app, async () => await app.restore(asked.plan));
    await until(() => seen.size > 1);
    expect([...seen]).toEqual(['10 10', '20000 20000']);
    expect(client.refused).toBeGreaterThan(0);
    expect(operations).toEqual([
      ...['make undo database', 'lock accounts', 'drop foreign keys', 'rename tables'],
      ...['renamed tables', 'add foreign keys', 'check foreign keys', 'drop database'],
      'unlock accounts',
    ]);
  },
);

testWithMariadb(
  'the account that init proposes may bring tables back; what another one lacks is named with its SQL',
  async () => {
    using app = databaseWith(server, clinicTables);
    const backup = await app.backup();
    sql(app, `DELETE FROM pet WHERE id = 2; DELETE FROM log`);
    const [found] = findLocalMariadb('least', [server.socket]);
    const grants = (found?.sql ?? []).slice(1).join('\n').replaceAll('NAME', app.database);
    server.sql(
      `CREATE USER least@localhost, weak@localhost; GRANT SELECT ON ${app.database}.* TO weak@localhost; ${grants}`,
    );
    using least = mariadbApp(server, app.database, { user: 'least' });
    using weak = mariadbApp(server, app.database, { user: 'weak' });
    const refused = await weak.plan(backup, partsOf('pet'));
    expect(refused.obstacles).toContainEqual(
      expect.stringMatching(/"weak@localhost" may not make databases beside it, .*\(GRANT /),
    );
    const asked = await planOf(least, backup, 'pet');
    expect(asked.obstacles).toEqual([]);
    const { undo = '' } = await least.restore(asked.plan);
    expect(sql(app, 'SELECT COUNT(*) FROM pet')).toBe('20');
    await least.undo(undo);
    expect(sql(app, 'SELECT COUNT(*) FROM pet')).toBe('19');
  },
);

testWithMariadb(
  'what a plan leaves that was killed goes when its job is cleared away',
  async () => {
    using app = databaseWith(server, clinicTables);
    const backup = await app.backup();
    const { db } = app.config.sources;
    if (db?.engine !== 'mariadb') throw new Error('it has another source');
    const { job } = app.work();
    {
      let isDead = false;
      setFaultHook(({ name }) => {
        isDead ||= name === 'load table';
        if (isDead) throw new Error('killed');
      });
      await app.plan(backup, partsOf('owner')).catch(() => undefined);
      setFaultHook(undefined);
    }
    expect(app.databases()).toEqual([app.database, `${app.database}__kedge_look_N`]);
    const source = openMariadbSource('db', db);
    await source.clearAfter?.({ job: job + 2 });
    expect(app.databases()).toHaveLength(2);
    await source.clearAfter?.({ job: job + 1 });
    expect(app.databases()).toEqual([app.database]);
  },
);

testWithMariadb('a live table that is altered while it is loaded stays as it is then', async () => {
  using app = databaseWith(server, clinicTables);
  const { plan } = await planOf(app, await app.backup(), 'owner');
  let altered = '';
  const progress = (step: string): void => {
    if (step !== 'stop services' || altered !== '') return;
    server.sql(`ALTER TABLE ${app.database}.owner ADD INDEX by_number (number)`);
    altered = app.dump();
  };
  const failed = await app.restore(plan, { ...app.work(), progress }).then(String, failureOf);
  expect(failed).toMatchObject({
    params: { why: expect.stringContaining('table "owner" was altered while it was loaded') },
  });
  expect(app.dump()).toBe(altered);
  expect(app.databases()).toEqual([app.database]);
});
