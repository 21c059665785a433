import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sharedSystemd } from '../support/systemd/shared-systemd.ts';
import { testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { UnitFixture, unitComesTo } from '../support/systemd/unit-fixture.ts';
import { until } from '../support/until.ts';

const test = testWithSystemd();
const systemd = sharedSystemd();
const { signal } = new AbortController();

test('a service that is brought back by another one is known by the name of that one', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('obedient');
  await systemd().run(['systemctl', 'start', fixture.unit('wanting')]);
  await unitComesTo(service, 'running');
  await service.requestStop(signal);
  await until(async () => {
    const status = await service.status(signal);
    return status.kind === 'running' && status.startedBy !== undefined;
  });
  expect(await service.status(signal)).toMatchObject({ startedBy: fixture.unit('wanting') });
  await systemd().run(['systemctl', 'stop', fixture.unit('wanting')]);
});

/** Stopped by Kedge and started by hand; what the first look at that run says. */
async function startedByHand(fixture: UnitFixture) {
  const service = fixture.open('obedient');
  await service.requestStart(signal);
  await unitComesTo(service, 'running');
  await service.requestStop(signal);
  await unitComesTo(service, 'stopped');
  await systemd().run(['systemctl', 'start', fixture.unit('obedient')]);
  let first = await service.status(signal);
  await until(async () => {
    if (first.kind !== 'running') first = await service.status(signal);
    return first.kind === 'running';
  });
  return { service, first };
}

test('who brings a service back and is between two runs of its own is named by the next look', async () => {
  await using fixture = new UnitFixture();
  const { service, first } = await startedByHand(fixture);
  expect(first).not.toHaveProperty('startedBy');
  const bringer = fixture.unit('bringing');
  await systemd().run(['systemctl', 'start', bringer]);
  expect(await service.status(signal)).toMatchObject({ startedBy: bringer });
});

test('where nobody is to be named at the second look either, that is said', async () => {
  await using fixture = new UnitFixture();
  const { service } = await startedByHand(fixture);
  const startedBy = 'somebody or something that systemd does not name';
  expect(await service.status(signal)).toMatchObject({ kind: 'running', startedBy });
  expect(await service.status(signal)).toMatchObject({ kind: 'running', startedBy });
});

test('the socket of a service is stopped with it, also for the next daemon, and started with it', async () => {
  await using fixture = new UnitFixture();
  const socket = fixture.unit('socket', 'socket');
  const active = async () => (await systemd().run(['systemctl', 'is-active', '-q', socket])).code;
  await systemd().run(['systemctl', 'start', socket]);
  const service = fixture.open('socket');
  await service.requestStart(signal);
  await unitComesTo(service, 'running');
  await service.requestStop(signal);
  await unitComesTo(service, 'stopped');
  expect(await active()).not.toBe(0);
  const next = fixture.open('socket');
  await next.requestStart(signal);
  await unitComesTo(next, 'running');
  expect(await active()).toBe(0);
});

test('a socket that was opened again after a stop is named when a client comes', async () => {
  await using fixture = new UnitFixture();
  const socket = fixture.unit('socket', 'socket');
  const service = fixture.open('socket');
  await service.requestStart(signal);
  await unitComesTo(service, 'running');
  await service.requestStop(signal);
  await unitComesTo(service, 'stopped');
  await systemd().run(['systemctl', 'start', socket]);
  const connect = `require('net').connect('/run/ksocket-${fixture.instance}').on('connect', process.exit)`;
  await systemd().run([process.execPath, '-e', connect]);
  await unitComesTo(service, 'running');
  expect(await service.status(signal)).toMatchObject({ startedBy: socket });
});

test('one that does not end when it is asked to is interrupted, by its main process', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('stubborn');
  await service.requestStart(signal);
  await until(async () => (await service.logs(9)).includes('ready'));
  await service.requestStop(signal);
  await until(async () => (await service.logs(9)).includes('not yet'));
  expect((await service.status(signal)).kind).toBe('stopping');
  await service.interrupt?.(signal);
  expect(await unitComesTo(service, 'stopped')).toMatchObject({ detail: 'stopped' });
});

test('one that was started too often starts again when it is asked to', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('failing');
  // systemd refuses the sixth within ten seconds, without a word to who does not wait.
  for (let run = 1; run <= 6; run += 1) {
    await service.requestStart(signal);
    await unitComesTo(service, 'failed');
    const words = async () => (await service.logs(100)).filter((line) => line.includes('full'));
    await until(async () => (await words()).length === run, 3000);
  }
});

test('one that systemd starts again and again is starting, each time as another run', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('flapping');
  await service.requestStart(signal);
  const runs = new Set<unknown>();
  await until(async () => {
    const status = await service.status(signal);
    if ('incarnation' in status) runs.add(status.incarnation);
    return runs.size >= 3;
  });
  await service.requestStop(signal);
  await unitComesTo(service, 'stopped');
});

test('one that never says it is ready is starting, not running', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('silent');
  await service.requestStart(signal);
  expect(await service.status(signal)).toMatchObject({ kind: 'starting', detail: 'start' });
  await service.requestStop(signal);
  await unitComesTo(service, 'stopped');
});

test('a program that does not exist is named', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('missing-program');
  await service.requestStart(signal);
  expect(await unitComesTo(service, 'failed')).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(
      /^exit 203 \(its program can not be run\): .*\/no\/such\/program/,
    ),
  });
});

test('one whose requirement does not start fails with the word of systemd', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('needy');
  await service.requestStart(signal);
  expect(await unitComesTo(service, 'failed')).toMatchObject({
    detail: expect.stringContaining('Dependency failed for'),
  });
});

test('one that a condition keeps from starting is stopped, and says so', async () => {
  await using fixture = new UnitFixture();
  writeFileSync(join(systemd().folder, 'guard'), '');
  const service = fixture.open('guarded');
  await service.requestStart(signal);
  await until(async () => {
    const status = await service.status(signal);
    return status.kind === 'stopped' && status.detail.includes('unmet condition check');
  });
  rmSync(join(systemd().folder, 'guard'));
});

test('one that was killed by its unit after a stop is stopped, not failed', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('late');
  await service.requestStart(signal);
  await until(async () => (await service.logs(1)).includes('ready'));
  await service.requestStop(signal);
  expect(await unitComesTo(service, 'stopped')).toEqual({
    kind: 'stopped',
    detail: 'stopped; its unit killed it, as it took too long',
  });
});

test('one that a person stopped is stopped, with whatever it ends; one that is killed has failed', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('java');
  const ready = async () => (await service.logs(1)).includes('ready');
  await service.requestStart(signal);
  await until(ready);
  await systemd().run(['systemctl', 'stop', fixture.unit('java')]);
  const stopped = { kind: 'stopped', detail: 'stopped, exit 143' };
  expect(await service.status(signal)).toEqual(stopped);
  expect(await fixture.open('java').status(signal)).toEqual(stopped);
  await service.requestStart(signal);
  await unitComesTo(service, 'running');
  await systemd().run(['systemctl', 'kill', '--signal=SIGKILL', fixture.unit('java')]);
  expect(await unitComesTo(service, 'failed')).toMatchObject({
    detail: expect.stringContaining('killed by SIGKILL'),
  });
});
