import { dirname } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findLocalPostgres } from '../../../agent/databases/postgres/local-postgres.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase } from '../../support/small-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE ROLE an_owner; CREATE ROLE anna; CREATE ROLE bert; CREATE ROLE gone');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** The database and all in it belong to an_owner; `user` is the role that init proposes. */
async function leastOf(app: DatabaseFixture, user: string): Promise<DatabaseFixture> {
  server.sql(`ALTER DATABASE ${app.database} OWNER TO an_owner`);
  server.sql(
    'ALTER TABLE visit OWNER TO an_owner; ALTER SCHEMA public OWNER TO an_owner',
    app.database,
  );
  const [found] = await findLocalPostgres(user, dirname(server.socket));
  server.sql((found?.sql ?? []).join('\n').replace('OWNER_OF_THE_DATABASE', 'an_owner'));
  return postgresApp(server, app.database, { user });
}

testWithPostgres(
  'who owns single objects and is missing, or is a stranger to the role of Kedge, is named in the plan',
  async () => {
    using app = smallDatabase(server);
    using least = await leastOf(app, 'least');
    server.sql(
      `CREATE SCHEMA theirs AUTHORIZATION anna; CREATE TABLE theirs.one (id int); ALTER TABLE theirs.one OWNER TO anna;
       CREATE SCHEMA gone AUTHORIZATION gone; CREATE EXTENSION pg_trgm; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
       ALTER DEFAULT PRIVILEGES FOR ROLE bert GRANT SELECT ON TABLES TO anna`,
      app.database,
    );
    server.sql('GRANT anna TO least');
    const backup = await least.backup();
    server.sql('DROP SCHEMA gone', app.database);
    server.sql('REVOKE anna FROM least; DROP ROLE gone');
    const { obstacles } = await least.plan(backup);
    expect(obstacles).toEqual([
      'source "db": these roles are missing in the server: "gone"; create them (globals.sql in the backup has them)',
      ...['anna', 'bert', 'postgres'].map((role) =>
        expect.stringContaining(
          `"least" is no member of the role "${role}", which owns some of what is in it (GRANT "${role}" TO "least"`,
        ),
      ),
    ]);
    server.sql('CREATE ROLE gone; GRANT anna, bert, gone, postgres TO least');
    server.sql('ALTER FUNCTION f() OWNER TO an_owner', app.database);
    const plan = await least.plan(backup);
    expect(plan.obstacles).toEqual([]);
    const then = app.dump();
    await least.restore(plan);
    expect(then).not.toBe('');
  },
);

testWithPostgres(
  'what a server gives to its owner by a superuser only is named before, and a superuser brings it back',
  async () => {
    using app = smallDatabase(server);
    using least = await leastOf(app, 'lesser');
    server.sql(
      `CREATE TABLE two (id int); GRANT CREATE ON SCHEMA public TO anna; ALTER TABLE two OWNER TO anna;
       CREATE SCHEMA s AUTHORIZATION an_owner; CREATE TYPE s.kind AS ENUM ('a'); GRANT CREATE ON SCHEMA s TO anna; ALTER TYPE s.kind OWNER TO anna`,
      app.database,
    );
    server.sql('GRANT anna TO lesser');
    const backup = await least.backup();
    const schemas =
      Number(server.sql('SHOW server_version_num')) < 150_000 ? ['s'] : ['public', 's'];
    const { obstacles } = await least.plan(backup);
    expect(
      obstacles.filter((one) => !one.includes('the schema "public" has another owner')),
    ).toEqual(
      schemas.map(
        (schema) =>
          `source "db": "anna" owns something in the schema "${schema}", which belongs to another role: only a superuser can bring that back, and "lesser" is none`,
      ),
    );
    const then = app.dump();
    server.sql('DROP TABLE two', app.database);
    await app.restore(await app.plan(backup));
    expect(app.dump()).toBe(then);
  },
);
