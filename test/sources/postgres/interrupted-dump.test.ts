import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectPostgres } from '../../../agent/databases/postgres/connect.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase, socketLogin, visitsIn } from '../../support/small-postgres.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallDatabase(server, rows, name);

const bySocket = () => socketLogin(server);

const { signal } = new AbortController();

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

/** Arguments and environment of what dumps to a folder now: every user of the machine may see some of it. */
function toldTo(folder: string): string {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const isDump = /^[^\0]*\/pg_dump\0.*-Fd\0/.test(command) && command.includes(`${folder}/`);
      if (isDump) return command + readFileSync(`/proc/${pid}/environ`, 'utf8');
    } catch {
      // It ended meanwhile.
    }
  return '';
}

testWithPostgres('a connection that breaks in the middle of a dump leaves no backup', async () => {
  using app = small();
  using locker = await connectPostgres({ ...bySocket(), database: app.database }, signal);
  await locker.query('BEGIN; LOCK TABLE visit', signal);
  const backup = failure(app.backup());
  const ending = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = '${app.database}' AND query LIKE 'LOCK TABLE%ACCESS SHARE%'`;
  await until(() => server.sql(ending) !== '0');
  expect(await backup).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('pg_dump failed') },
  });
  expect(readdirSync(app.backups)).toEqual([]);
  expect(readdirSync(join(app.home, 'scratch-1'))).toEqual([]);
});

testWithPostgres(
  'a password reaches the programs by a file that only Kedge reads and that is gone afterwards',
  async () => {
    // "secure" is let in with TLS only.
    server.sql(`CREATE ROLE secure SUPERUSER LOGIN PASSWORD 'ses:a\\me'`);
    const file = join(server.folder, 'secret');
    writeFileSync(file, 'ses:a\\me\n', { mode: 0o600 });
    using made = small();
    const { database: name } = made;
    using app = postgresApp(server, name, {
      socket: undefined,
      host: '127.0.0.1',
      port: server.port,
      user: 'secure',
      password: { file },
      tls: { ca: server.certificate },
    });
    using locker = await connectPostgres({ ...bySocket(), database: name }, signal);
    await locker.query('BEGIN; LOCK TABLE visit', signal);
    const work = app.work();
    const backup = app.backup(undefined, work);
    let told = '';
    await until(() => {
      told = toldTo(work.scratch);
      return told !== '';
    });
    expect(told).toContain('secure');
    expect(told).not.toContain('ses:a');
    const passfile = join(work.scratch, 'db.login', 'passfile');
    expect(statSync(passfile).mode & 0o777).toBe(0o600);
    await locker.query('ROLLBACK', signal);
    const taken = await backup;
    expect([taken.outcome, readdirSync(work.scratch)]).toEqual(['complete', []]);
    server.sql('DELETE FROM visit', name);
    const restoring = app.work();
    const { undo = '' } = await app.restore(await app.plan(taken), restoring);
    expect([visitsIn(server, app), readdirSync(restoring.scratch)]).toEqual(['3', []]);
    await app.undo(undo);
    expect(visitsIn(server, app)).toBe('0');
  },
);
