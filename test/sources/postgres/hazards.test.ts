import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { openPostgres } from '../../../agent/databases/postgres/postgres-server.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { listUndos } from '../../../agent/restore/undo-records.ts';
import type { PostgresSourceSettings } from '../../../agent/sources/postgres/settings.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { Crash } from '../../support/crash-at.ts';
import { configTextOf, EmptyMachine } from '../../support/empty-machine.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { PostgresFixture } from '../../support/postgres-fixture.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { RestoreFixture } from '../../support/restore-fixture.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A database with one table of three rows. */
function small(
  name = `hazard_${numbers.next().value}`,
  changes: Partial<PostgresSourceSettings> = {},
): PostgresFixture {
  server.sql(`CREATE DATABASE ${quoted(name)}`);
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n', name);
  return new PostgresFixture(server, name, changes);
}

const rowsOf = (app: PostgresFixture): string =>
  server.sql('SELECT count(*) FROM visit', app.database);

/** From this kind of operation on nothing happens any more, as in a dead process. */
function crashAtOperation(step: string): Disposable {
  let isDead = false;
  setFaultHook(({ name }) => {
    isDead ||= name === step;
    if (isDead) throw new Crash(`crashed at ${step}`);
  });
  return { [Symbol.dispose]: () => setFaultHook(undefined) };
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  "somebody's own database of the name that Kedge would take is neither dropped nor taken",
  async () => {
    using app = small();
    const plan = await app.plan(await app.backup());
    const work = app.work();
    const theirs = `${app.database}__kedge_new_${work.job}`;
    server.sql(`CREATE DATABASE ${theirs}`);
    server.sql('CREATE TABLE precious (x int)', theirs);

    await app.restore(plan, work);
    expect(server.sql('SELECT count(*) FROM precious', theirs)).toBe('0');

    const stamp = new Date(app.nowMs + 1000).toISOString().replace(/\D/g, '').slice(0, 14);
    server.sql(`CREATE DATABASE ${app.database}__kedge_undo_${stamp}`);
    expect(await failure(app.restore(plan))).toMatchObject({ code: 'busy' });
    expect(rowsOf(app)).toBe('3');
  },
);

testWithPostgres('names that are hard to write down are restored and undone', async () => {
  const names = [`Odd "N'ame\\; --`, 'ÜBER {curly} %s $1', 'X__kedge_undo_20260101'];
  for (const name of names) {
    using app = small(name);
    const backup = await app.backup();
    server.sql('DELETE FROM visit', name);
    const { undo = '' } = await app.restore(await app.plan(backup));
    expect(rowsOf(app), name).toBe('3');
    await app.undo(undo);
    expect(rowsOf(app), name).toBe('0');
  }
});

testWithPostgres('the database "postgres" itself is restored from "template1"', async () => {
  server.sql('CREATE TABLE visit AS SELECT 1 AS id');
  using app = new PostgresFixture(server, 'postgres');
  const backup = await app.backup();
  server.sql('DELETE FROM visit');
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect(rowsOf(app)).toBe('1');
  await app.undo(undo);
  expect(rowsOf(app)).toBe('0');
});

testWithPostgres(
  'a function that others left in the maintenance database is not called with the rights of Kedge',
  async () => {
    server.sql(
      `CREATE TABLE stolen (who text);
       CREATE FUNCTION array_to_string(int[], text) RETURNS text LANGUAGE plpgsql AS
         $$ BEGIN INSERT INTO public.stolen VALUES (current_user); RETURN ''; END $$`,
    );
    using app = small();
    const [command = '', ...args] = server.argvOf('psql', ['-d', app.database]);
    const client = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    const { socket, database: name } = { ...app, socket: server.socket };
    const asked = openPostgres({ engine: 'postgres', socket, user: 'postgres', name });
    const clients = async () => (await asked.clients(new AbortController().signal)).clients.length;
    try {
      await until(async () => (await clients()) > 0);
    } finally {
      client.kill('SIGKILL');
    }
    expect(server.sql('SELECT count(*) FROM stolen')).toBe('0');
  },
);

testWithPostgres(
  'a database of libc stays one on a server of ICU, and one of ICU keeps its locale',
  async () => {
    using libc = small();
    const locale = `LOCALE_PROVIDER icu ICU_LOCALE 'de' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`;
    server.sql(`CREATE DATABASE of_icu TEMPLATE template0 ${locale}`);
    using icu = new PostgresFixture(server, 'of_icu');
    const template = (set: string): string =>
      server.sql(`UPDATE pg_database SET ${set} WHERE datname = 'template0'`);
    template(`datlocprovider = 'i', daticulocale = 'sv'`);
    try {
      for (const app of [libc, icu]) {
        const then = app.dump();
        await app.restore(await app.plan(await app.backup()));
        expect(app.dump()).toBe(then);
      }
    } finally {
      template(`datlocprovider = 'c', daticulocale = NULL`);
    }
  },
);

testWithPostgres(
  'tables whose names have dots, line breaks or no columns are told apart and counted',
  async () => {
    using app = small();
    server.sql(
      `CREATE SCHEMA "a.b"; CREATE SCHEMA a; CREATE TABLE "a.b".c AS SELECT 1 AS x;
       CREATE TABLE a."b.c" AS SELECT generate_series(1, 5) AS x;
       CREATE TABLE "line\nbreak" AS SELECT 1 AS x;
       CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES`,
      app.database,
    );
    const then = app.dump();
    const backup = await app.backup();
    server.sql(`DROP SCHEMA "a.b" CASCADE; DELETE FROM bare`, app.database);
    await app.restore(await app.plan(backup));
    expect(app.dump()).toBe(then);
  },
);

testWithPostgres(
  'settings and grants of the database that its role may not give back are named in the plan',
  async () => {
    server.sql(
      `CREATE ROLE an_owner; CREATE ROLE app_role LOGIN; CREATE ROLE giver;
       CREATE ROLE modest LOGIN CREATEDB;
       GRANT pg_read_all_data, pg_signal_backend, an_owner TO modest`,
    );
    using app = small(undefined, { user: 'modest' });
    const { database } = app;
    server.sql(
      `ALTER DATABASE ${database} OWNER TO an_owner; ALTER DATABASE ${database} SET work_mem = '5MB';
       ALTER ROLE app_role IN DATABASE ${database} SET work_mem = '5MB';
       ALTER DATABASE ${database} SET log_min_duration_statement = 100;
       GRANT TEMPORARY ON DATABASE ${database} TO giver WITH GRANT OPTION;
       SET ROLE giver; GRANT TEMPORARY ON DATABASE ${database} TO app_role`,
    );
    const backup = await app.backup();
    const { obstacles } = await app.plan(backup);
    expect(obstacles).toEqual([
      expect.stringContaining('the settings of the role "app_role" in this database'),
      expect.stringContaining('GRANT SET ON PARAMETER log_min_duration_statement TO "modest";'),
      expect.stringContaining('the role "giver" has granted rights in this database'),
    ]);
    server.sql('ALTER ROLE modest SUPERUSER');
    expect((await app.plan(backup)).obstacles).toEqual([]);
  },
);

testWithPostgres('without an undo the old database goes when the services run', async () => {
  using app = small();
  const backup = await app.backup();
  server.sql('DELETE FROM visit', app.database);
  const plan = { ...(await app.plan(backup)), choices: { withoutUndo: true as const } };
  app.services.broken.add('host');
  expect(await failure(app.restore(plan, app.work(), ['without undo']))).toMatchObject({
    code: 'rolled-back',
  });
  expect({ rows: rowsOf(app), databases: app.databases() }).toEqual({
    rows: '0',
    databases: [`${app.database}|true`],
  });
  app.services.broken.delete('host');
  await app.restore(plan, app.work(), ['without undo']);
  expect({ rows: rowsOf(app), databases: app.databases() }).toEqual({
    rows: '3',
    databases: [`${app.database}|true`],
  });
  expect(await listUndos(app.stateFolder)).toEqual([]);
});

testWithPostgres(
  'a recovery whose server is down is not done, and lets clients in when the server is up',
  async () => {
    using app = small();
    const plan = await app.plan(await app.backup());
    using death = crashAtOperation('rename database');
    await app.restore(plan).catch(() => undefined);
    death[Symbol.dispose]();
    expect(app.databases()).toContain(`${app.database}|false`);
    await server.stop('SIGKILL');
    expect(await failure(app.recover())).toMatchObject({ code: 'database-unreachable' });
    expect(findUnfinishedJournals(app.stateFolder)).toHaveLength(1);
    await server.restart();
    await app.recover();
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
    expect(app.databases()).toEqual([`${app.database}|true`]);
  },
  90_000,
);

testWithPostgres(
  'an empty machine gets all but the database of a server, which is named as left out',
  async () => {
    using inServer = small();
    using app = new RestoreFixture();
    const { sources } = app.config;
    const pg = { engine: 'postgres', database: inServer.database } as const;
    const source = { ...pg, socket: server.socket, user: 'postgres' };
    app.config = { ...app.config, sources: { ...sources, pg: source } };
    const text = `"sources": { "pg": ${JSON.stringify(source)},`;
    app.configText = configTextOf(app).replace('"sources": {', text);
    const backup = await app.backup();
    server.sql('DELETE FROM visit', inServer.database);
    using machine = new EmptyMachine(app);
    const plan = await machine.plan(machine.order([backup.path]));
    expect(plan.sources.map(({ source: name }) => name)).not.toContain('pg');
    expect(plan.warnings).toContainEqual(expect.stringContaining('source "pg" is a database'));
    expect(await machine.run(plan)).toMatchObject({ outcome: 'restored' });
    expect(rowsOf(inServer)).toBe('0');
  },
);

testWithPostgres(
  'an undo whose server takes connections and says nothing holds up no other, and stays',
  async () => {
    using app = small();
    const plan = await app.plan(await app.backup());
    const [mute = '', other = ''] = [
      (await app.restore(plan)).undo,
      (await app.restore(plan)).undo,
    ];
    // It lets go of those who go.
    await using silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const file = join(app.stateFolder, 'undo', `${mute}.json`);
    const record = JSON.parse(readFileSync(file, 'utf8'));
    const { port } = silent.address() as AddressInfo;
    record.createdAtMs += 60_000;
    record.sources[0].items[0].server = {
      ...{ engine: 'postgres', host: '127.0.0.1', port, user: 'postgres', name: app.database },
    };
    writeFileSync(file, JSON.stringify(record));
    const expired = await expireUndos(app.stateFolder, record.expiresAtMs + 60_000);
    expect(expired.map(({ undo, problem }) => [undo.id, problem])).toEqual([
      [mute, expect.stringContaining('it does not answer')],
      [other, undefined],
    ]);
    expect((await listUndos(app.stateFolder)).map(({ id }) => id)).toEqual([mute]);
  },
);
