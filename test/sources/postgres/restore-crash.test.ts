import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { dieEverywhere } from '../../support/die-everywhere.ts';
import { killServerAt } from '../../support/kill-server-at.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { builtProgram } from '../../support/programs.ts';
import { smallDatabase, visitsIn } from '../../support/small-postgres.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallDatabase(server, rows, name);

const rowsOf = (app: DatabaseFixture): string => visitsIn(server, app);

testWithPostgres(
  'a restore whose process is killed while it loads leaves the old database',
  async () => {
    using app = small(200_000);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id > 2', app.database);
    const plan = await app.plan(backup);
    const { config, stateFolder } = app;
    const order = join(app.home, 'order.json');
    const job = 500;
    writeFileSync(
      order,
      JSON.stringify({ plan, job, config, stateFolder, scratch: app.work().scratch }),
    );
    const child = spawn(process.execPath, [builtProgram('restore-child'), order], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until(() => app.databases().some((name) => name.includes('__kedge_new')));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await app.recover();
    expect(findUnfinishedJournals(stateFolder)).toEqual([]);
    expect(app.databases()).toEqual([`${app.database}|true`]);
    expect(rowsOf(app)).toBe('2');
  },
);

/** Back, or through; clients get in, nothing half made is left. */
async function expectSettled(app: DatabaseFixture, where: string): Promise<'old' | 'new'> {
  await app.recover();
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  expect([...app.services.running].toSorted(), where).toEqual(['host', 'server']);
  const databases = app.databases();
  expect(databases, where).toContain(`${app.database}|true`);
  expect(databases.join(), where).not.toContain('__kedge_new');
  return rowsOf(app) === '3' ? 'new' : 'old';
}

testWithPostgres(
  'a restore and an undo that die at any step are settled: old or new, and clients get in',
  async () => {
    using app = small();
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1', app.database);
    const plan = await app.plan(backup);
    const settled = async (where: string) => await expectSettled(app, where);
    const ends = await dieEverywhere({ app, plan, settled });
    process.stderr.write(`postgres: died at ${ends.old + ends.new} operations\n`);
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.new).toBeGreaterThan(10);
  },
  300_000,
);

testWithPostgres(
  'the server killed at any step of the exchange comes up with the old database, open to clients',
  async () => {
    using app = small();
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1', app.database);
    const plan = await app.plan(backup);
    const killed = { ...server, start: server.restart };
    const steps = ['close database', 'rename database', 'commit renames', 'renamed database'];
    const undos: string[] = [];
    for (const step of steps) {
      const isThrough = await killServerAt(killed, { step }, async () => {
        const { undo = '' } = await app.restore(plan);
        undos.push(undo);
      });
      // Also after the renames: what does not answer is not left live.
      expect(await expectSettled(app, step), step).toBe(isThrough ? 'new' : 'old');
      for (const undo of undos.splice(0)) await app.undo(undo);
    }
    const { undo = '' } = await app.restore(plan);
    for (const step of ['close database', 'commit renames']) {
      await killServerAt(killed, { step }, async () => await app.undo(undo));
      const end = await expectSettled(app, `undo, ${step}`);
      // Its processes may take one more statement when the first one is dead: what they commit then is there.
      expect(step === 'close database' ? ['new'] : ['old', 'new'], step).toContain(end);
    }
  },
  120_000,
);
