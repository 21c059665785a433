import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Config } from '../../agent/config/config.ts';
import { runAccident } from '../../agent/demo/accidents.ts';
import { numbered } from '../../agent/demo/app/postgres-words.ts';
import { createDemo } from '../../agent/demo/create-demo.ts';
import { demoPlaces } from '../../agent/demo/demo-places.ts';
import { findServerPrograms } from '../../agent/demo/postgres/server-programs.ts';
import { removeDemo } from '../../agent/demo/remove-demo.ts';
import { failureOf } from '../../protocol/failures.ts';
import { FakeServices } from '../support/fake-service-control.ts';
import { testWithPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { RunningClinic } from './running-clinic.ts';
import { readConfig, smallSeed, temporaryFolder } from './small-demo.ts';

const { signal } = new AbortController();

/** Of the server, as the configuration says it. */
function control(config: Config, verb: 'start' | 'stop' | 'status'): number | null {
  const service = config.services?.['database'];
  if (service?.manager !== 'command') throw new Error('the database is no server');
  const [program = '', ...args] = service[verb];
  return spawnSync(program, args, { stdio: 'ignore', cwd: '/' }).status;
}

/** One that nobody has waited for yet has no command line any more. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) && readFileSync(path, 'utf8') !== '';
}

/** Whether other programs of the user that root's server runs as come to its socket, in a folder that all may enter. */
function isOpenToNobody(home: string, socket: string): boolean {
  expect(existsSync(socket)).toBe(true);
  chmodSync(home, 0o755);
  const user = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
  return spawnSync('setpriv', [...user, 'test', '-S', socket]).status === 0;
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  'the demo with PostgreSQL runs on a private server, is harmed there, and leaves nothing running',
  async () => {
    await using folder = await temporaryFolder();
    const home = folder.path;
    await createDemo(home, { ...smallSeed, postgres: true });
    const places = demoPlaces(home);
    // Its database stays where it is also where that is not asked for again.
    await createDemo(home, smallSeed);
    const config = await readConfig(home);
    expect(config.sources['database']).toEqual({
      engine: 'postgres',
      database: 'clinic',
      socket: join(home, 'pg', 's', '.s.PGSQL.5432'),
      user: 'kedge',
    });
    expect([existsSync(places.database), config.drill]).toEqual([false, undefined]);
    expect(control(config, 'status')).toBe(3);
    expect(control(config, 'start')).toBe(0);
    onTestFinished(() => void control(config, 'stop'));
    if (process.geteuid?.() === 0) expect(isOpenToNobody(home, places.server.socket)).toBe(false);
    await using clinic = new RunningClinic(config);
    clinic.start('host');
    clinic.start('agent');
    await until(async () => (await clinic.status('agent')) === 200);
    const { patients, documents = 0, appointments = 0 } = await clinic.counts();
    expect([patients, documents >= 12, appointments > 300]).toEqual([300, true, true]);
    expect(await clinic.status('host', '/patients?search=M')).toBe(200);
    expect(await runAccident('delete-patients', config, new FakeServices({}), signal)).toMatch(
      /^Deleted 200 patients .* in the PostgreSQL server\./,
    );
    expect((await clinic.counts())['patients']).toBe(100);
    // Connections of the Host end with it, and come back.
    expect(control(config, 'stop')).toBe(0);
    expect(await clinic.status('host')).toBe(503);
    expect(control(config, 'start')).toBe(0);
    await until(async () => (await clinic.status('host')) === 200);
    for (const name of ['agent', 'host'] as const) await clinic.end(name, 'SIGTERM');
    expect(await failure(removeDemo(home))).toMatchObject({ code: 'busy' });
    const pid = Number.parseInt(
      readFileSync(join(places.server.data, 'postmaster.pid'), 'utf8'),
      10,
    );
    expect(control(config, 'stop')).toBe(0);
    expect(readdirSync(places.server.sockets)).toEqual([]);
    await until(() => !isRunning(pid));
    await removeDemo(home);
    expect(existsSync(home)).toBe(false);
  },
);

test('without the programs of a server the demo says what to install', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await failure(findServerPrograms(signal, '/nowhere'))).toMatchObject({
    code: 'unavailable',
    params: {
      what: 'the demo with PostgreSQL',
      why: expect.stringContaining('install its package "postgresql"'),
    },
  });
});

test('a statement that lacks a value is not asked', () => {
  expect(numbered('select @a, @b, @a', { a: 1, b: 2 })).toEqual({
    text: 'select $1, $2, $3',
    values: [1, 2, 1],
  });
  expect(() => numbered('select @a', {})).toThrow('there is no "a"');
});
