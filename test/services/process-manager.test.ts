import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootId, identifyProcess } from '../../agent/os/process-identity.ts';
import { openManagedService } from '../../agent/services/managers.ts';
import { keepLogBounded, tailLog } from '../../agent/services/process/service-log.ts';
import type { ProcessServiceSettings } from '../../agent/services/settings.ts';
import { managerContract } from '../contract/manager.ts';
import { fakeService, membersOf, recordAt, ServiceFixture } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

class ProcessFixture extends ServiceFixture {
  readonly recordPath = join(this.stateFolder, 'services', 'host.json');
  readonly logPath = join(this.stateFolder, 'services', 'host.log');

  changed = 0;

  open(mode: string, changes: Partial<ProcessServiceSettings> = {}) {
    return openManagedService('host', fakeService(mode, changes), {
      stateFolder: this.stateFolder,
      isGuarded: () => this.guarded,
      changed: () => {
        this.changed += 1;
      },
      log: (level, text) => this.logged.push(`${level}: ${text}`),
    });
  }
}

managerContract('process', () => new ProcessFixture());

test('the record written by the shell names the process that runs', async () => {
  await using fixture = new ProcessFixture();
  await fixture.open('obedient').requestStart(signal);
  const { pid, startTicks, bootId: boot } = recordAt(fixture.recordPath);
  expect(identifyProcess(pid)).toEqual({ pid, startTicks, bootId: boot });
});

test('a service leads a session of its own', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('obedient');
  await service.requestStart(signal);
  // While it execs it shows no environment, and so no mark.
  await until(async () => (await service.logs(1)).includes('ready'));
  const record = recordAt(fixture.recordPath);
  expect(membersOf(record)).toEqual([record.pid]);
});

test('an ended service is reaped and its pid is free', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('failing');
  await service.requestStart(signal);
  const { pid } = recordAt(fixture.recordPath);
  await until(async () => (await service.status(signal)).kind === 'failed');
  expect(() => readFileSync(`/proc/${pid}/stat`)).toThrow('ENOENT');
});

test('the death of a service is told without being asked for', async () => {
  await using fixture = new ProcessFixture();
  await fixture.open('obedient').requestStart(signal);
  expect(fixture.changed).toBe(0);
  process.kill(recordAt(fixture.recordPath).pid, 'SIGKILL');
  await until(() => fixture.changed === 1);
});

test('a process that was given the pid again is neither adopted nor signalled', async () => {
  await using fixture = new ProcessFixture();
  await fixture.open('failing').requestStart(signal);
  const stranger = spawn('sleep', ['60']);
  await once(stranger, 'spawn');
  // Both may have begun in the same tick of 10 ms, which would make them one.
  const startTicks = String(Number(identifyProcess(stranger.pid ?? 0)?.startTicks) - 1);
  const record = { ...recordAt(fixture.recordPath), pid: stranger.pid, startTicks };
  writeFileSync(fixture.recordPath, JSON.stringify(record));
  const service = fixture.open('failing');
  expect((await service.status(signal)).kind).toBe('failed');
  await service.requestStop(signal);
  await service.kill(signal);
  expect(identifyProcess(stranger.pid ?? 0)).toBeDefined();
  stranger.kill('SIGKILL');
  await once(stranger, 'exit');
});

test('after a boot a service counts as stopped, even where its pid and start ticks are taken', async () => {
  await using fixture = new ProcessFixture();
  await fixture.open('obedient').requestStart(signal);
  const record = recordAt(fixture.recordPath);
  fixture.noteProcesses();
  const before = bootId().replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  writeFileSync(fixture.recordPath, JSON.stringify({ ...record, bootId: before }));
  expect(await fixture.open('obedient').status(signal)).toEqual({
    kind: 'stopped',
    detail: 'not started since the machine was booted',
  });
});

test('a process that a killed service leaves behind refuses a start, and a stop ends it', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('parent');
  await service.requestStart(signal);
  const record = recordAt(fixture.recordPath);
  await until(() => membersOf(record).length === 2);
  await until(async () => (await service.logs(9)).filter((line) => line === 'ready').length === 2);
  process.kill(record.pid, 'SIGKILL');
  await until(async () => (await service.status(signal)).kind === 'failed');
  await expect(service.requestStart(signal)).rejects.toThrow('of its last run are still there');
  await service.requestStop(signal);
  await until(async () => (await service.status(signal)).kind === 'stopped');
  expect(membersOf(record)).toEqual([]);
});

test('a guard that is set while the shell starts keeps it from becoming the service', async () => {
  await using fixture = new ProcessFixture();
  let asked = 0;
  const service = openManagedService('host', fakeService('obedient'), {
    stateFolder: fixture.stateFolder,
    isGuarded: () => {
      asked += 1;
      return asked > 1;
    },
    changed: () => undefined,
    log: () => undefined,
  });
  await expect(service.requestStart(signal)).rejects.toMatchObject({
    failure: { code: 'service-guarded' },
  });
  expect(await service.status(signal)).toEqual({ kind: 'stopped', detail: 'not started' });
  expect(await service.logs(1)).toEqual([expect.stringContaining('started by Kedge')]);
});

test.each([
  [{ command: ['node', 'x'] }, 'is not an absolute path'],
  [{ folder: '/nowhere/at/all' }, 'its folder "/nowhere/at/all" does not exist'],
])('a service that can not begin says why: %j', async (changes, why) => {
  await using fixture = new ProcessFixture();
  await expect(fixture.open('obedient', changes).requestStart(signal)).rejects.toThrow(why);
});

test('a program that does not exist is named', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('obedient', { command: ['/no/such/program'] });
  await service.requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'failed');
  expect(await service.status(signal)).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(/^exit 127: .*\/no\/such\/program/),
  });
});

test('a service gets its own environment and none of the secrets of Kedge', async () => {
  await using fixture = new ProcessFixture();
  process.env['KEDGE_TEST_SECRET'] = 'hush';
  const service = fixture.open('environment', { environment: { CLINIC: 'north' } });
  await service.requestStart(signal);
  delete process.env['KEDGE_TEST_SECRET'];
  await until(async () => (await service.logs(1)).includes('ready'));
  const [shown = ''] = await service.logs(2);
  expect(shown).toContain('"CLINIC":"north"');
  expect(shown).not.toContain('hush');
});

test('a damaged record is an error, never a reason to start a second one', async () => {
  await using fixture = new ProcessFixture();
  await fixture.open('obedient').requestStart(signal);
  fixture.noteProcesses();
  const record = readFileSync(fixture.recordPath);
  writeFileSync(fixture.recordPath, record.subarray(0, 20));
  await expect(fixture.open('obedient').requestStart(signal)).rejects.toMatchObject({
    failure: { code: 'io-failed' },
  });
  writeFileSync(fixture.recordPath, record);
});

test('a log past its limit is kept once more and begins anew while the service writes on', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('chatty 40');
  await service.requestStart(signal);
  await until(async () => (await service.logs(1)).includes('ready'));
  await keepLogBounded(fixture.logPath, 10 * 1024);
  expect(statSync(fixture.logPath).size).toBe(0);
  expect(statSync(`${fixture.logPath}.1`).size).toBe(10 * 1024);
  await service.requestStop(signal);
  expect(await tailLog(fixture.logPath, 1)).toEqual(['ready']);
});

test('a stop that was not followed is forgotten by the next start', async () => {
  await using fixture = new ProcessFixture();
  const service = fixture.open('stubborn');
  await service.requestStart(signal);
  await until(async () => (await service.logs(1)).includes('ready'));
  await service.requestStop(signal);
  await service.requestStart(signal);
  process.kill(recordAt(fixture.recordPath).pid, 'SIGKILL');
  await until(async () => (await service.status(signal)).kind === 'failed');
  expect(await service.status(signal)).toEqual({
    kind: 'failed',
    detail: expect.stringContaining('killed by SIGKILL'),
  });
});
