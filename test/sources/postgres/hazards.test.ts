import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { openPostgres } from '../../../agent/databases/postgres/postgres-server.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { listUndos } from '../../../agent/restore/undo-records.ts';
import type { PostgresSourceSettings } from '../../../agent/sources/postgres/settings.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { Crash } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
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
): DatabaseFixture {
  server.sql(`CREATE DATABASE ${quoted(name)}`);
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n', name);
  return postgresApp(server, name, changes);
}

const rowsOf = (app: DatabaseFixture): string =>
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

/** A clock that has gone on by seconds whenever somebody looks. */
function quickClock(): Disposable {
  let now = performance.now();
  return vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 20_000;
    return now;
  });
}

/** Deadlines that pass when the test says so. */
function heldDeadlines(): Disposable & { passLast(): void } {
  const held: AbortController[] = [];
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const one = new AbortController();
    held.push(one);
    return one.signal;
  });
  return {
    passLast: () => held.at(-1)?.abort(new DOMException('it is over', 'TimeoutError')),
    [Symbol.dispose]: () => spy.mockRestore(),
  };
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres('the database "postgres" itself is restored from "template1"', async () => {
  server.sql('CREATE TABLE visit AS SELECT 1 AS id');
  using app = postgresApp(server, 'postgres');
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
    using icu = postgresApp(server, 'of_icu');
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
    server.sql('ALTER TABLE visit OWNER TO an_owner', database);
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
    {
      using _clock = quickClock();
      expect(await failure(app.recover())).toMatchObject({ code: 'database-unreachable' });
    }
    expect(findUnfinishedJournals(app.stateFolder)).toHaveLength(1);
    await server.restart();
    await app.recover();
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
    expect(app.databases()).toEqual([`${app.database}|true`]);
  },
  90_000,
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
    using deadlines = heldDeadlines();
    // It lets go of those who go, and is asked first.
    await using silent = createServer((socket) => {
      socket.resume().once('data', deadlines.passLast);
    }).listen(0, '127.0.0.1');
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

testWithPostgres(
  'settings that a database has for its application change nothing of a backup, a restore or a table',
  async () => {
    using app = small();
    const { database } = app;
    const settings = {
      ...{ statement_timeout: '50ms', idle_in_transaction_session_timeout: '50ms' },
      ...{ default_transaction_read_only: 'on', row_security: 'off', client_encoding: 'LATIN1' },
      ...{ array_nulls: 'off', DateStyle: 'SQL, DMY', IntervalStyle: 'sql_standard' },
      ...{ extra_float_digits: '-10', bytea_output: 'escape', xmloption: 'document' },
      ...{ standard_conforming_strings: 'off', TimeZone: 'Asia/Tehran', lc_monetary: 'C.UTF-8' },
      ...{ search_path: 'shadow', session_replication_role: 'origin', quote_all_identifiers: 'on' },
    };
    server.sql(
      `CREATE TABLE odd (id int PRIMARY KEY, at timestamptz, day date, lapse interval, real float8, bytes bytea, items text[],
         part xml, price money, text text);
       INSERT INTO odd SELECT n, '2026-03-04 05:06:07+01', '2026-03-04', '-1 day 02:03:04', 1.0 / 3, '\\x00ff5c', '{a,NULL,"NULL"}',
         'x<a/>y', 1234.56, E'漢\\\\ ''' FROM generate_series(1, 20000) n;
       CREATE SCHEMA shadow; CREATE FUNCTION shadow.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '-infinity'::timestamptz $$`,
      database,
    );
    for (const [name, value] of Object.entries(settings))
      server.sql(`ALTER DATABASE ${database} SET ${name} = '${value}'`);
    const rows = (): string =>
      server.sql(
        `SET statement_timeout = 0; SET DateStyle = ISO; SET TimeZone = UTC; SET client_encoding = UTF8; SET extra_float_digits = 3; SELECT md5(string_agg(odd::text, ',' ORDER BY id)) FROM public.odd`,
        database,
      );
    const then = rows();
    const backup = await app.backup();
    const change = `SET statement_timeout = 0; SET default_transaction_read_only = off; UPDATE public.odd SET price = 1, items = NULL WHERE id < 9000`;
    server.sql(change, database);
    const { undo = '' } = await app.restore(await app.plan(backup));
    expect(rows()).toBe(then);
    await app.undo(undo);
    expect(rows()).not.toBe(then);
    const parts = [{ source: 'db', tables: [{ table: 'public.odd' }] }];
    const plan = await app.plan(backup, { parts });
    expect(plan.obstacles).toEqual([]);
    await app.restore(plan);
    expect(rows()).toBe(then);
  },
  60_000,
);
