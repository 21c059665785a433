import { afterAll, beforeAll, expect } from 'vitest';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { configTextOf, EmptyMachine } from '../../support/empty-machine.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { RestoreFixture } from '../../support/restore-fixture.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** A backup of files, a database in a file, and one in a server, of which `socket` is what the configuration says. */
async function backedUp(app: RestoreFixture, database: string): Promise<Backup> {
  server.sql(`CREATE DATABASE ${database}`);
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n', database);
  const pg = { engine: 'postgres' as const, database, socket: server.socket, user: 'postgres' };
  app.config = { ...app.config, sources: { ...app.config.sources, pg } };
  app.configText = configTextOf(app).replace(
    '"sources": {',
    `"sources": { "pg": ${JSON.stringify(pg)},`,
  );
  return await app.backup();
}

const rowsOf = (database: string): string => server.sql('SELECT count(*) FROM visit', database);

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  'an empty machine whose server answers gets the database too, with all else or not at all',
  async () => {
    using app = new RestoreFixture();
    const backup = await backedUp(app, 'comes_back');
    using inServer = postgresApp(server, 'comes_back');
    const before = inServer.dump();
    using machine = new EmptyMachine(app);
    const order = machine.order([backup.path]);
    expect((await machine.plan(order)).obstacles).toEqual([
      expect.stringMatching(
        /^something is there already where source "pg" goes \(database "comes_back" at /,
      ),
    ]);
    server.sql('DROP DATABASE comes_back');
    const plan = await machine.plan(order);
    expect(plan.sources.find(({ source }) => source === 'pg')).toMatchObject({
      engine: 'postgres',
      to: [`database "comes_back" at ${server.socket}`],
      standing: 'absent',
    });
    expect([plan.obstacles, plan.warnings.filter((each) => each.includes('pg'))]).toEqual([[], []]);
    // Made by somebody since the plan was.
    server.sql('CREATE DATABASE comes_back');
    expect(await failure(machine.run(plan))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('is there by now') },
    });
    server.sql('DROP DATABASE comes_back');
    expect(await machine.run(plan)).toMatchObject({ outcome: 'restored' });
    expect(inServer.dump()).toBe(before);
    expect(inServer.databases()).toEqual(['comes_back|true']);
  },
);

testWithPostgres('with --replace what is there is kept as an undo', async () => {
  using app = new RestoreFixture();
  const backup = await backedUp(app, 'replaced');
  server.sql('DELETE FROM visit', 'replaced');
  using machine = new EmptyMachine(app);
  const plan = await machine.plan(machine.order([backup.path], { replace: true }));
  expect(plan.obstacles).toEqual([]);
  expect(await machine.run(plan)).toMatchObject({ outcome: 'restored', undo: expect.any(String) });
  using inServer = postgresApp(server, 'replaced');
  expect([rowsOf('replaced'), inServer.databases()]).toEqual([
    '3',
    ['replaced__kedge_undo_N|false', 'replaced|true'],
  ]);
});

testWithPostgres(
  'a database that can not come yet is left out, with why and the command that brings it',
  async () => {
    using app = new RestoreFixture();
    server.sql('CREATE ROLE left_behind');
    const backup = await backedUp(app, 'waits');
    server.sql('ALTER DATABASE waits OWNER TO left_behind');
    const backupOfOwner = await app.backup();
    server.sql('DROP DATABASE waits');
    server.sql('DROP ROLE left_behind');
    using machine = new EmptyMachine(app);
    const noRole = await machine.plan(machine.order([backupOfOwner.path]));
    expect(noRole.warnings).toContain(
      `source "pg" is a database in a server and is left out here: these roles are missing in the server: "left_behind"; create them (globals.sql in the backup has them). When that is put right, restore it alone: kedge restore run ${backupOfOwner.path} --only pg`,
    );
    await server.stop('SIGINT');
    const plan = await machine.plan(machine.order([backup.path]));
    expect(plan.sources.map(({ source }) => source)).not.toContain('pg');
    expect(plan.warnings).toContainEqual(
      expect.stringMatching(
        /^source "pg" .* left out here: PostgreSQL did not answer at .*: kedge restore run .* --only pg$/,
      ),
    );
    expect(await machine.run(plan)).toMatchObject({ outcome: 'restored' });
    await server.start();
    expect(server.sql(`SELECT count(*) FROM pg_database WHERE datname = 'waits'`)).toBe('0');
  },
);
