import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findLocalPostgres } from '../../../agent/databases/postgres/local-postgres.ts';
import { findTools } from '../../../agent/sources/postgres/tools.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase, visitsIn } from '../../support/small-postgres.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallDatabase(server, rows, name);

const rowsOf = (app: DatabaseFixture): string => visitsIn(server, app);

const { signal } = new AbortController();

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres('what stands against a restore is named before anything is done', async () => {
  server.sql(`CREATE ROLE gone; CREATE ROLE weak LOGIN; CREATE ROLE keeper`);
  using app = small();
  server.sql(
    'GRANT SELECT ON visit TO gone, weak; GRANT USAGE ON SCHEMA public TO gone; CREATE EXTENSION dblink',
    app.database,
  );
  const backup = await app.backup();
  server.sql('DROP OWNED BY gone; DROP EXTENSION dblink', app.database);
  server.sql('DROP ROLE gone');
  server.sql(`SELECT pg_create_logical_replication_slot('bound', 'pgoutput')`, app.database);
  server.sql(`BEGIN; INSERT INTO visit VALUES (9); PREPARE TRANSACTION 'stuck'`, app.database);
  using asWeak = postgresApp(server, app.database, { user: 'weak' });
  const { obstacles } = await asWeak.plan(backup);
  expect(obstacles).toEqual([
    'source "db": these roles are missing in the server: "gone"; create them (globals.sql in the backup has them)',
    'source "db": "weak" may not create databases (ALTER ROLE "weak" CREATEDB;)',
    'source "db": "weak" is no member of the role that owns it (GRANT "postgres" TO "weak";)',
    'source "db": "weak" may not end the connections of others (GRANT pg_signal_backend TO "weak";)',
    'source "db": only a superuser can create the extension "dblink", and "weak" is none',
    expect.stringContaining('the transaction "stuck" of postgres is prepared'),
    expect.stringContaining('the logical replication slot "bound" is bound to what is live now'),
  ]);
  const refused = await failure(app.restore(await app.plan(backup)));
  expect(refused).toMatchObject({ code: 'restore-refused' });
  server.sql('CREATE ROLE shy LOGIN CREATEDB NOINHERIT; GRANT postgres, pg_signal_backend TO shy');
  using asShy = postgresApp(server, app.database, { user: 'shy' });
  expect((await asShy.plan(backup)).obstacles).toContainEqual(
    expect.stringMatching(/INHERIT( TRUE, SET TRUE)?;/),
  );
  server.sql(`ROLLBACK PREPARED 'stuck'`, app.database);
  server.sql(`SELECT pg_drop_replication_slot('bound')`, app.database);
  expect(app.databases()).toEqual([`${app.database}|true`]);
});

testWithPostgres(
  'the role that init proposes may back up and restore, and no superuser is needed for it',
  async () => {
    using app = small();
    server.sql('CREATE ROLE an_owner');
    server.sql(`ALTER DATABASE ${app.database} OWNER TO an_owner`);
    server.sql(
      `ALTER TABLE visit OWNER TO an_owner; ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
       CREATE EXTENSION pg_trgm`,
      app.database,
    );
    // Before 15 that one belongs to a superuser, who alone could bring it back.
    if (Number(server.sql('SHOW server_version_num')) >= 150_000)
      server.sql('ALTER SCHEMA public OWNER TO an_owner', app.database);
    const [found] = await findLocalPostgres('least', dirname(server.socket));
    server.sql((found?.sql ?? []).join('\n').replace('OWNER_OF_THE_DATABASE', 'an_owner'));
    using least = postgresApp(server, app.database, { user: 'least' });
    const then = app.dump();
    const backup = await least.backup();
    expect(backup.outcome).toBe('complete');
    server.sql('DELETE FROM visit', app.database);
    const plan = await least.plan(backup);
    expect(plan.obstacles).toEqual([]);
    const { undo = '' } = await least.restore(plan);
    expect(app.dump()).toBe(then);
    await least.undo(undo);
    expect(rowsOf(app)).toBe('0');
  },
);

testWithPostgres('merges, files and single rows of it are refused by name', async () => {
  using app = small();
  const backup = await app.backup();
  const { obstacles } = await app.plan(backup, { mode: { kind: 'merge' } });
  expect(obstacles).toEqual([expect.stringContaining("what is newer in it can't stay")]);
  const parts = [
    { source: 'db', paths: ['dump'] },
    { source: 'db', tables: [{ table: 'visit', keys: [[1]] }] },
  ];
  expect((await app.plan(backup, { parts })).obstacles).toEqual([
    'source "db" is a database; name tables of it',
    expect.stringContaining('single rows of "visit" can\'t be picked'),
  ]);
});

testWithPostgres(
  'programs that are older than the server are refused with the name of the package',
  async () => {
    const folder = temporaryFolder();
    const bin = join(folder, '99', 'bin');
    mkdirSync(bin, { recursive: true });
    for (const tool of ['pg_dump', 'pg_restore'])
      writeFileSync(join(bin, tool), '#!/bin/sh\necho "pg_dump (PostgreSQL) 12.3"\n', {
        mode: 0o755,
      });
    expect(await failure(findTools('db', 99, signal, folder))).toMatchObject({
      code: 'postgres-tools-missing',
      params: { source: 'db', major: 99, here: expect.stringMatching(/^here is 1\d\.\d+$/) },
    });
  },
);
