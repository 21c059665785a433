import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProcessServiceSettings } from '../../agent/services/settings.ts';
import type { ServiceSupervisor } from '../../agent/services/supervise.ts';
import { failureOf } from '../../protocol/failures.ts';
import { moveToBeat } from '../support/move-to-beat.ts';
import { builtProgram } from '../support/programs.ts';
import {
  fakeService,
  freePort,
  isRunning,
  recordAt,
  ServiceFixture,
  secondsOfStop,
} from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

const serviceOf = (supervisor: ServiceSupervisor, id = 'host') =>
  supervisor.services().find((service) => service.id === id);
const healthOf = (supervisor: ServiceSupervisor, id = 'host') => serviceOf(supervisor, id)?.health;

function httpService(port: number, timeoutSeconds = 20) {
  const url = `http://127.0.0.1:${port}/health`;
  const probes = [{ kind: 'http' as const, url, timeoutSeconds }];
  return fakeService(`http ${port}`, { probes });
}

test('a start returns once the service is proven healthy, and a stop once it is down', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: httpService(await freePort()) });
  await supervisor.start('host', signal);
  expect(serviceOf(supervisor)).toMatchObject({
    health: 'healthy',
    why: expect.stringMatching(/^running, GET \/health 200 in \d+ ms$/),
  });
  await supervisor.stop('host', signal);
  expect(serviceOf(supervisor)).toMatchObject({ health: 'stopped', why: 'stopped' });
  expect(serviceOf(supervisor)).not.toHaveProperty('pid');
});

test('changes of health are told', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient') });
  await supervisor.status(signal);
  const before = fixture.changes;
  await supervisor.start('host', signal);
  expect(fixture.changes).toBeGreaterThan(before);
});

test('a start that ends at once fails with exit code and last line', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('failing') });
  await expect(supervisor.start('host', signal)).rejects.toMatchObject({
    failure: {
      code: 'service-start-failed',
      params: { service: 'host', why: 'exit 3: cannot open database: disk full' },
    },
  });
  expect(healthOf(supervisor)).toBe('failed');
});

test('a start that never answers its probe fails at its deadline and is left for inspection', async () => {
  await using fixture = new ServiceFixture();
  const url = `http://127.0.0.1:${await freePort()}/health`;
  const settings = { probes: [{ kind: 'http' as const, url }], startTimeoutSeconds: 0.5 };
  const supervisor = fixture.supervise({ host: fakeService('obedient', settings) });
  await expect(supervisor.start('host', signal)).rejects.toThrow(
    'service "host" did not become healthy: GET /health: connection refused',
  );
  expect(serviceOf(supervisor)).toHaveProperty('pid');
});

test('a death is seen at once by the daemon that started it, long before the next look', async () => {
  await using fixture = new ServiceFixture();
  const quiet = Array.from({ length: 100 }, (_, at) => [`quiet${at}`, fakeService('obedient')]);
  const settings = { host: fakeService('obedient'), ...Object.fromEntries(quiet) };
  const supervisor = fixture.supervise(settings);
  await supervisor.start('host', signal);
  await until(async () => (await supervisor.logs('host', 1)).includes('ready'));
  moveToBeat();
  await supervisor.status(signal);
  process.kill(serviceOf(supervisor)?.pid ?? 0, 'SIGKILL');
  await until(() => healthOf(supervisor) === 'failed');
  expect(serviceOf(supervisor)?.why).toBe('killed by SIGKILL; last line: ready');
});

test('a service that answers badly turns ill, and healthy again when it answers well', async () => {
  await using fixture = new ServiceFixture();
  const port = await freePort();
  const supervisor = fixture.supervise({ host: httpService(port) });
  await supervisor.start('host', signal);
  await fetch(`http://127.0.0.1:${port}/set/503`);
  await until(() => healthOf(supervisor) === 'ill');
  expect(serviceOf(supervisor)?.why).toBe('GET /health gave 503');
  await fetch(`http://127.0.0.1:${port}/set/200`);
  await until(() => healthOf(supervisor) === 'healthy');
});

test('a hung service turns ill, and a stop ends it though it sleeps', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: httpService(await freePort(), 0.3) });
  await supervisor.start('host', signal);
  process.kill(serviceOf(supervisor)?.pid ?? 0, 'SIGSTOP');
  await until(() => healthOf(supervisor) === 'ill');
  expect(serviceOf(supervisor)?.why).toBe('GET /health timed out after 0.3 s');
  await supervisor.stop('host', signal);
  expect(healthOf(supervisor)).toBe('stopped');
});

async function startStubborn(fixture: ServiceFixture, changes: Partial<ProcessServiceSettings>) {
  const settings = fakeService('stubborn', { stopTimeoutSeconds: 0.3, ...changes });
  const supervisor = fixture.supervise({ host: settings });
  await supervisor.start('host', signal);
  await until(async () => (await supervisor.logs('host', 1)).includes('ready'));
  return supervisor;
}

test('one that ignores the request is killed at its deadline where that is allowed', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = await startStubborn(fixture, { allowKill: true });
  await supervisor.stop('host', signal);
  expect(healthOf(supervisor)).toBe('stopped');
});

test.each([
  ['where that is not allowed', {}],
  ['when it is a database, whatever is allowed', { allowKill: true, role: 'database' as const }],
])('one that ignores the request is not killed %s', async (_, changes) => {
  await using fixture = new ServiceFixture();
  const supervisor = await startStubborn(fixture, changes);
  const { pid = 0 } = serviceOf(supervisor) ?? {};
  const began = performance.now();
  const { code, params } = failureOf(await supervisor.stop('host', signal).catch((error) => error));
  const { seconds } = params;
  expect([code, params]).toEqual(['service-stop-failed', { service: 'host', seconds, pid }]);
  expect(secondsOfStop(0.3, began)).toContain(seconds);
  expect(isRunning(pid)).toBe(true);
});

test('a stop ends a start that waits', async () => {
  await using fixture = new ServiceFixture();
  const url = `http://127.0.0.1:${await freePort()}/health`;
  const probes = [{ kind: 'http' as const, url }];
  const supervisor = fixture.supervise({ host: fakeService('obedient', { probes }) });
  const starting = expect(supervisor.start('host', signal)).rejects.toThrow('asked to stop');
  await until(() => healthOf(supervisor) === 'starting');
  await supervisor.stop('host', signal);
  await starting;
  expect(healthOf(supervisor)).toBe('stopped');
});

test('a start that is cancelled stops waiting', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient', { stableSeconds: 60 }) });
  const cancel = new AbortController();
  const starting = expect(supervisor.start('host', cancel.signal)).rejects.toThrow('aborted');
  await until(() => healthOf(supervisor) === 'starting');
  cancel.abort();
  await starting;
});

test('nothing starts while data is being exchanged', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient') });
  await until(() => healthOf(supervisor) === 'stopped');
  fixture.guarded = true;
  await expect(supervisor.start('host', signal)).rejects.toMatchObject({
    failure: { code: 'service-guarded' },
  });
  expect(healthOf(supervisor)).toBe('stopped');
});

test('a dead service is not restarted by itself', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient', { autoStart: true }) });
  await supervisor.startAll(signal);
  process.kill(serviceOf(supervisor)?.pid ?? 0, 'SIGKILL');
  await until(() => healthOf(supervisor) === 'failed');
  await supervisor.status(signal);
  await supervisor.status(signal);
  expect(healthOf(supervisor)).toBe('failed');
});

test('a service restarted after each crash is flapping', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient', { stableSeconds: 0 }) });
  await supervisor.start('host', signal);
  for (let crash = 0; crash < 3; crash += 1) {
    process.kill(serviceOf(supervisor)?.pid ?? 0, 'SIGKILL');
    await until(() => healthOf(supervisor) === 'failed');
    await supervisor.start('host', signal);
  }
  expect(serviceOf(supervisor)).toMatchObject({ health: 'flapping', restarts: 3 });
});

const chain = {
  agent: fakeService('obedient', { dependsOn: ['host'], autoStart: true, stopWithAgent: true }),
  host: fakeService('obedient', { dependsOn: ['database'], autoStart: true, stopWithAgent: true }),
  database: fakeService('obedient', { role: 'database', autoStart: true }),
  manual: fakeService('obedient', {}),
};

test('services that start by themselves are started in order, those that stop with Kedge stopped', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise(chain);
  await supervisor.startAll(signal);
  const startedAt = (id: string) =>
    recordAt(join(fixture.stateFolder, 'services', `${id}.json`)).startedAtMs;
  expect(startedAt('database')).toBeLessThan(startedAt('host'));
  expect(startedAt('host')).toBeLessThan(startedAt('agent'));
  await supervisor.stopAll(signal);
  const healths = supervisor.services().map(({ id, health }) => [id, health]);
  expect(healths).toEqual([
    ['agent', 'stopped'],
    ['host', 'stopped'],
    ['database', 'healthy'],
    ['manual', 'stopped'],
  ]);
});

test('one that does not start by itself is logged and the others go on', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({
    broken: fakeService('failing', { autoStart: true }),
    host: fakeService('obedient', { autoStart: true }),
  });
  await supervisor.startAll(signal);
  expect(healthOf(supervisor)).toBe('healthy');
  expect(fixture.logged).toEqual([
    expect.stringContaining('service "broken" did not become healthy: exit 3'),
  ]);
});

test('changed settings hold at the next start, a new service is known, a lost one runs on', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ host: fakeService('obedient') });
  await supervisor.start('host', signal);
  const { pid = 0 } = serviceOf(supervisor) ?? {};
  supervisor.configure({ host: fakeService('failing'), other: fakeService('obedient') });
  await until(() => healthOf(supervisor, 'other') === 'stopped');
  expect(healthOf(supervisor)).toBe('healthy');
  await expect(supervisor.restart('host', signal)).rejects.toThrow('disk full');
  supervisor.configure({ host: fakeService('obedient') });
  await supervisor.restart('host', signal);
  const again = serviceOf(supervisor)?.pid ?? 0;
  expect([isRunning(pid), isRunning(again)]).toEqual([false, true]);
  supervisor.configure({});
  expect([supervisor.services(), isRunning(again)]).toEqual([[], true]);
});

test('an unknown service is named', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({});
  await expect(supervisor.start('hots', signal)).rejects.toThrow('there is no service "hots"');
});

/** Starts a daemon of its own that supervises one service, and waits until it is up. */
async function startDaemon(stateFolder: string): Promise<ChildProcess> {
  const daemon = spawn(process.execPath, [builtProgram('service-daemon'), stateFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(daemon.stdout, 'data');
  return daemon;
}

test('a service survives kill -9 of its daemon, and the next daemon takes it over', async () => {
  await using fixture = new ServiceFixture();
  const daemon = await startDaemon(fixture.stateFolder);
  daemon.kill('SIGKILL');
  await once(daemon, 'exit');
  const { pid } = recordAt(join(fixture.stateFolder, 'services', 'host.json'));
  const supervisor = fixture.supervise({ host: fakeService('obedient') });
  await supervisor.start('host', signal);
  expect(serviceOf(supervisor)).toMatchObject({ health: 'healthy', pid, restarts: 0 });
  await until(async () => (await supervisor.logs('host', 1)).includes('ready'));
  process.kill(pid, 'SIGKILL');
  await until(() => !isRunning(pid));
  await supervisor.status(signal);
  expect(serviceOf(supervisor)).toMatchObject({ health: 'failed', why: 'gone; last line: ready' });
});

test.each([
  ['back', -3 * 3_600_000],
  ['forward', 3 * 3_600_000],
])(
  'a clock that is set %s in mid-start neither fails it nor proves it too early',
  async (_, jumpMs) => {
    await using fixture = new ServiceFixture();
    const supervisor = fixture.supervise({ host: fakeService('obedient', { stableSeconds: 0.5 }) });
    await supervisor.status(signal);
    const now = Date.now;
    onTestFinished(() => {
      Date.now = now;
    });
    const from = performance.now();
    const started = supervisor.start('host', signal);
    await until(() => healthOf(supervisor) === 'starting');
    Date.now = () => now() + jumpMs;
    await started;
    expect(performance.now() - from).toBeGreaterThan(490);
    expect(healthOf(supervisor)).toBe('healthy');
  },
);
