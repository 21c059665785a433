import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openSystemdService } from '../../agent/services/systemd/systemd-service.ts';
import { UnitBoard } from '../../agent/services/systemd/unit-board.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { sharedSystemd } from '../support/systemd/shared-systemd.ts';
import { testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { UnitFixture, unitComesTo } from '../support/systemd/unit-fixture.ts';

const test = testWithSystemd();
const systemd = sharedSystemd();
const { signal } = new AbortController();

/** What the admin is told of a request that is refused. */
async function refusalOf(request: Promise<void>): Promise<{ message: string; hint?: string }> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return wordFailure(failureOf(error));
}

test('a unit that does not exist is named, in its state and when it is started', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('nowhere');
  const unit = fixture.unit('nowhere');
  expect(await service.status(signal)).toEqual({
    kind: 'failed',
    detail: `no unit "${unit}" on this server`,
  });
  expect((await refusalOf(service.requestStart(signal))).message).toBe(
    `service "host": there is no unit "${unit}" on this server`,
  );
});

test('what is not there needs no stop and does not hinder one of the others', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('nowhere');
  await service.requestStop(signal);
  expect((await service.status(signal)).kind).toBe('stopped');
});

test('a masked unit is said to be masked, and the command is shown, not run', async () => {
  await using fixture = new UnitFixture();
  const unit = fixture.unit('masked');
  await systemd().run(['systemctl', 'mask', unit]);
  const service = fixture.open('masked');
  expect(await service.status(signal)).toEqual({
    kind: 'stopped',
    detail: `${unit} is masked by an administrator`,
  });
  expect(await refusalOf(service.requestStart(signal))).toEqual({
    message: `service "host": ${unit} is masked by an administrator`,
    hint: `Kedge does not change that. If it is to run again: sudo systemctl unmask ${unit}`,
  });
});

test('a unit that the rule does not name is denied, with the rule that would allow it', async () => {
  await using fixture = new UnitFixture();
  const service = fixture.open('denied');
  const { message, hint } = await refusalOf(service.requestStart(signal));
  const unit = fixture.unit('denied');
  expect(message).toMatch(new RegExp(`^Kedge may not start ${unit} \\(it runs as user `));
  expect(hint).toContain(`var units = ["${unit}"];`);
});

test('a look at a denied, a masked and a missing unit finds each before anything is stopped', async () => {
  await using fixture = new UnitFixture();
  await systemd().run(['systemctl', 'start', fixture.unit('denied'), fixture.unit('masked')]);
  await systemd().run(['systemctl', 'mask', fixture.unit('masked')]);
  const codes = async (name: string) =>
    (await fixture.open(name).preflight?.(signal))?.map(({ code }) => code);
  expect({
    denied: await codes('denied'),
    masked: await codes('masked'),
    missing: await codes('nowhere'),
    obedient: await codes('obedient'),
  }).toEqual({
    denied: ['service-denied'],
    masked: ['service-masked'],
    missing: ['service-unit-missing'],
    obedient: [],
  });
});

test('a systemd that hangs makes a service unknown, never stopped', async () => {
  await using fixture = new UnitFixture();
  const settings = { manager: 'systemd' as const, role: 'host' as const };
  const context = {
    stateFolder: fixture.stateFolder,
    isGuarded: () => false,
    changed: () => undefined,
    log: () => undefined,
  };
  const unit = fixture.unit('obedient');
  const service = openSystemdService('host', { ...settings, unit }, context, new UnitBoard(300));
  await service.requestStart(signal);
  await unitComesTo(service, 'running');
  process.kill(systemd().pid, 'SIGSTOP');
  try {
    expect(await service.status(signal)).toEqual({
      kind: 'unknown',
      detail: 'systemd did not answer in 0.3 s',
    });
  } finally {
    process.kill(systemd().pid, 'SIGCONT');
  }
  await unitComesTo(service, 'running');
});

test.each([
  [
    'a machine without systemd',
    '#!/bin/sh\necho "System has not been booted with systemd as init system" >&2; exit 1\n',
    'this server has no systemd that could be asked (systemctl)',
  ],
  [
    'an answer that is no answer',
    '#!/bin/sh\necho "<html>"\n',
    'the answer of systemd is not understood: <html>',
  ],
])('%s makes a service unknown', async (_, script, detail) => {
  await using fixture = new UnitFixture();
  const folder = mkdtempSync(join(tmpdir(), 'kedge-tools-'));
  const before = process.env['PATH'];
  onTestFinished(() => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'systemctl'), script);
  chmodSync(join(folder, 'systemctl'), 0o755);
  process.env['PATH'] = `${folder}:${before}`;
  expect(await fixture.open('obedient').status(signal)).toEqual({ kind: 'unknown', detail });
});

test('a journal that may not be read leaves the exit code, and its lines are refused by name', async () => {
  await using fixture = new UnitFixture();
  const before = process.env['PATH'];
  process.env['PATH'] = `${systemd().tools('outsider')}:${before}`;
  const service = fixture.open('failing');
  await service.requestStart(signal);
  const status = await unitComesTo(service, 'failed');
  const logs = service.logs(3);
  await expect(logs).rejects.toThrow('Kedge may not read the journal of systemd');
  process.env['PATH'] = before;
  expect(status).toEqual({ kind: 'failed', detail: 'exit 3' });
});

test('without polkit it is said that polkit is not running', async () => {
  await using fixture = new UnitFixture();
  await systemd().run(['systemctl', 'mask', '--now', '--runtime', 'polkit.service']);
  const { message } = await refusalOf(fixture.open('obedient').requestStart(signal));
  await systemd().run(['systemctl', 'unmask', '--runtime', 'polkit.service']);
  expect(message).toMatch(/^polkit is not running, so service "host" can not be controlled: /);
});
