import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectPostgres } from '../../../agent/databases/postgres/connect.ts';
import type { PostgresSettings } from '../../../agent/databases/postgres/settings.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { dumpDenials } from '../../../agent/sources/postgres/privileges.ts';
import { readFacts } from '../../../agent/sources/postgres/read-facts.ts';
import { restoreFindings } from '../../../agent/sources/postgres/restore-findings.ts';
import { openSession } from '../../../agent/sources/postgres/sessions.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { asServerUser } from '../../support/private-server.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

function small(database: string, rows = 3): DatabaseFixture {
  server.sql(`CREATE DATABASE ${database}`);
  server.sql(`CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, ${rows}) n`, database);
  return postgresApp(server, database);
}

const settingsOf = (name: string, user = 'postgres'): PostgresSettings => ({
  ...{ engine: 'postgres', socket: server.socket, user, name },
});

/** Two clients that move money, each in one transaction, until disposed. */
async function bank(database: string): Promise<AsyncDisposable> {
  const words = ['-n', '-c', '2', '-j', '2', '-T', '60', database];
  const [program = '', ...args] = asServerUser(server.argvOf('pgbench', words));
  const child = spawn(program, args, { stdio: 'ignore', cwd: server.folder });
  const ended = once(child, 'exit');
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

testWithPostgres(
  'a backup under load, full and differential, is one moment: no transaction is half in it',
  async () => {
    server.sql('CREATE DATABASE bank');
    server.run('pgbench', ['-q', '-i', '-s', '1', 'bank']);
    using app = postgresApp(server, 'bank');
    const moved = (): number => Number(server.sql('SELECT count(*) FROM pgbench_history', 'bank'));
    const sums = (): string =>
      server.sql(
        `SELECT (SELECT sum(abalance) FROM pgbench_accounts) = (SELECT sum(delta) FROM pgbench_history),
          (SELECT sum(tbalance) FROM pgbench_tellers) = (SELECT sum(bbalance) FROM pgbench_branches),
          (SELECT sum(abalance) FROM pgbench_accounts) = (SELECT sum(bbalance) FROM pgbench_branches)`,
        'bank',
      );
    const taken = [];
    {
      await using _bank = await bank('bank');
      await until(() => moved() > 100);
      const full = await app.backup();
      const atFull = moved();
      await until(() => moved() > atFull + 100);
      const differential = await app.backup(full);
      expect([differential.kind, moved() > atFull]).toEqual(['differential', true]);
      taken.push(full, differential);
    }
    const all = moved();
    let before = 0;
    for (const backup of taken) {
      await app.restore(await app.plan(backup));
      expect([sums(), backup.outcome]).toEqual(['t|t|t', 'complete']);
      expect(moved()).toBeGreaterThan(before);
      expect(moved()).toBeLessThan(all);
      before = moved();
    }
  },
  120_000,
);

testWithPostgres('a server that is killed in the middle of a dump leaves no backup', async () => {
  using app = small('dumping');
  using locker = await connectPostgres(
    {
      ...{ place: { socket: server.socket, host: 'localhost', port: server.port } },
      ...{ isLocal: true, user: 'postgres', password: undefined, database: 'dumping' },
    },
    signal,
  );
  await locker.query('BEGIN; LOCK TABLE visit', signal);
  const backup = failure(app.backup());
  const waiting = `SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LOCK TABLE%ACCESS SHARE%' AND datname = 'dumping'`;
  await until(() => server.sql(waiting) !== '0');
  await server.stop('SIGKILL');
  expect(await backup).toMatchObject({ code: 'nothing-captured' });
  expect([readdirSync(app.backups), readdirSync(app.work(1).scratch)]).toEqual([[], []]);
  await server.restart();
  expect((await app.backup()).outcome).toBe('complete');
});

testWithPostgres(
  'a server that is killed while a dump is loaded comes up with the old database alone',
  async () => {
    using app = small('loading', 300_000);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id > 2', 'loading');
    const restoring = failure(app.restore(await app.plan(backup)));
    await until(() => app.databases().some((name) => name.includes('__kedge_new')));
    await server.stop('SIGKILL');
    await server.restart();
    expect(await restoring).not.toBe('nothing failed');
    await app.recover();
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
    expect([app.databases(), server.sql('SELECT count(*) FROM visit', 'loading')]).toEqual([
      ['loading|true'],
      '2',
    ]);
  },
  90_000,
);

testWithPostgres(
  'each right that a backup lacks is named with the SQL that gives it, and an older server too',
  async () => {
    using app = small('guarded');
    server.sql('CREATE ROLE backs_up LOGIN');
    server.sql(
      `ALTER TABLE visit ENABLE ROW LEVEL SECURITY; SELECT lo_create(4711);
       REVOKE ALL ON SCHEMA public FROM PUBLIC`,
      'guarded',
    );
    const asked = settingsOf('guarded', 'backs_up');
    const grants = async (): Promise<readonly unknown[]> => {
      using session = await openSession(asked, 'guarded', signal);
      const denials = await dumpDenials(session, asked, signal);
      return denials.map(({ failure: { params } }) => [params['what'], params['grant']]);
    };
    const largeObject = [
      'read the large object "4711"',
      'GRANT the role that owns the large objects TO "backs_up", or make "backs_up" a superuser',
    ];
    const rowSecurity = [
      'read past the row security of "public.visit"',
      'ALTER ROLE "backs_up" BYPASSRLS;',
    ];
    expect(await grants()).toEqual([
      ['read the table "public.visit"', 'GRANT pg_read_all_data TO "backs_up";'],
      rowSecurity,
      largeObject,
    ]);
    // Before 14 there is no role that reads all: what is asked for instead lets it, here too.
    using asOld = await openSession(asked, 'guarded', signal);
    const [ofOld] = await dumpDenials({ ...asOld, version: '13.23' }, asked, signal);
    const schemaWide = String(ofOld?.failure.params['grant']);
    expect(schemaWide).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA "public" TO "backs_up";');
    server.sql(schemaWide, 'guarded');
    expect(await grants()).toEqual([rowSecurity, largeObject]);
    server.sql('DROP OWNED BY backs_up', 'guarded');
    server.sql('GRANT pg_read_all_data TO backs_up');
    expect(await grants()).toEqual([rowSecurity, largeObject]);
    server.sql('ALTER ROLE backs_up BYPASSRLS');
    expect(await grants()).toEqual([largeObject]);
    server.sql('GRANT SELECT ON LARGE OBJECT 4711 TO backs_up', 'guarded');
    expect(await grants()).toEqual([]);
    using session = await openSession(settingsOf('guarded'), 'guarded', signal);
    const read = await readFacts(session, signal);
    expect(read.ownPublic).toBeUndefined();
    // Its owner here is what no server before 15 has.
    expect(await readFacts({ ...session, version: '14.23' }, signal)).toMatchObject({
      ownPublic: true,
    });
    const facts = { ...read, format: 1 as const, tools: '15.1', database: 'guarded', tables: [] };
    const about = { source: 'db', server: settingsOf('guarded') };
    const { obstacles } = await restoreFindings(
      {
        ...about,
        facts: { ...facts, extensions: [{ name: 'nowhere', version: '1' }], server: '99.1' },
      },
      signal,
    );
    expect(obstacles).toEqual([
      expect.stringMatching(
        /^it was taken from PostgreSQL 99, and this server is \d+: an older one can't take it$/,
      ),
      'the extension "nowhere" is not installed on this server',
    ]);
    expect(app.databases()).toEqual(['guarded|true']);
  },
);
