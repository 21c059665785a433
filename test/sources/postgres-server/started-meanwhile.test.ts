import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { identifyProcess } from '../../../agent/os/process-identity.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { dataOf, wholePostgresApp } from '../../support/postgres-server-app.ts';
import { postgresBin, startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { runAs } from '../../support/private-server.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n');
});
afterEach(() => setFaultHook(undefined));
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visits = (): string => server.sql('SELECT count(*) FROM visit');

/** As somebody does who does not know of Kedge. */
function startByHand(): void {
  const options = server.command.slice(server.command.indexOf('-c')).join(' ');
  const log = join(server.folder, 'by-hand.log');
  const how = ['-D', dataOf(server), '-w', '-l', log, '-o', options, 'start'];
  runAs(server.folder, [join(postgresBin ?? '', 'pg_ctl'), ...how]);
}

/** A server is started behind the last look at the folder; Kedge's own stop of the service ends it. */
async function whileStarted(app: DatabaseFixture, work: () => Promise<unknown>): Promise<string> {
  let pid: number | undefined;
  let isDown = false;
  const { services } = app;
  const stop = services.stop.bind(services);
  services.stop = async (id) => {
    await stop(id);
    if (id === 'server') isDown = true;
    if (id !== 'server' || pid === undefined) return;
    const ending = pid;
    process.kill(ending, 'SIGINT');
    await until(() => identifyProcess(ending) === undefined);
  };
  setFaultHook(({ name, path }) => {
    if (pid !== undefined || !isDown || name !== 'rename' || path !== dataOf(server)) return;
    startByHand();
    pid = server.pid();
    // Its service says so.
    services.running.add('server');
  });
  const words = await work().then(
    () => 'it went through',
    (error: unknown) => wordFailure(failureOf(error)).message,
  );
  expect(pid).toBeDefined();
  services.stop = stop;
  return words;
}

testWithPostgres(
  'a server that somebody starts in the middle of an exchange gets its folder back, also in an undo',
  async () => {
    using app = wholePostgresApp(server);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 3');
    const plan = await app.plan(backup);
    expect(plan.clients).toContainEqual(
      expect.objectContaining({ source: 'db', program: 'postgres', pid: server.pid() }),
    );
    const meanwhile = /somebody started a PostgreSQL server on it \(postgres, process \d+\) while/;
    expect(await whileStarted(app, async () => await app.restore(plan))).toMatch(meanwhile);
    expect(visits()).toBe('2');
    const { undo = '' } = await app.restore(await app.plan(backup));
    expect(visits()).toBe('3');
    expect(await whileStarted(app, async () => await app.undo(undo))).toMatch(meanwhile);
    expect(visits()).toBe('3');
    await app.undo(undo);
    expect(visits()).toBe('2');
  },
  120_000,
);
