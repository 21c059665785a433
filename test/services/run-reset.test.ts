import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Work } from '../../agent/os/work.ts';
import type { ResetRecord } from '../../agent/services/reset-record.ts';
import { resumeReset, runReset } from '../../agent/services/run-reset.ts';
import type { ProcessServiceSettings } from '../../agent/services/settings.ts';
import type { ServiceSupervisor } from '../../agent/services/supervise.ts';
import type { ResetReport } from '../../protocol/domain/service.ts';
import { fakeService, recordAt, ServiceFixture } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

/** Three services on each other, and what a reset of them did. */
class ResetFixture extends ServiceFixture {
  readonly records: ResetRecord[] = [];
  readonly progress: (readonly [string, boolean | undefined])[] = [];
  readonly cancel = new AbortController();
  /** From this record on the disk is full. */
  fullFrom = Number.POSITIVE_INFINITY;
  told = 0;
  readonly #settings: Record<string, ProcessServiceSettings>;
  readonly supervisor: ServiceSupervisor;

  constructor(changes: Record<string, Partial<ProcessServiceSettings>> = {}) {
    super();
    this.#settings = {
      agent: fakeService('obedient', { dependsOn: ['host'], ...changes['agent'] }),
      host: fakeService('obedient', { dependsOn: ['database'], ...changes['host'] }),
      database: fakeService('obedient', { role: 'database', ...changes['database'] }),
      reports: fakeService('obedient', { dependsOn: ['database'], ...changes['reports'] }),
    };
    this.supervisor = this.supervise(this.#settings);
  }

  async start(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.supervisor.start(id, signal);
  }

  async reset(...ids: readonly string[]): Promise<ResetReport> {
    return await runReset(
      { ids: ids.length === 0 ? 'all' : ids },
      this.#control,
      this.#work,
      this.#tell,
      this.#persist,
    );
  }

  async resetByItself(...ids: readonly string[]): Promise<ResetReport> {
    const order = { ids, automatic: true };
    return await runReset(order, this.#control, this.#work, this.#tell, this.#persist);
  }

  async resume(record: ResetRecord): Promise<ResetReport | undefined> {
    return await resumeReset(record, this.#control, this.#work, this.#tell, this.#persist);
  }

  service(id: string) {
    return this.supervisor.services().find((service) => service.id === id);
  }

  healths(): Record<string, string> {
    return Object.fromEntries(this.supervisor.services().map(({ id, health }) => [id, health]));
  }

  incarnation(id: string): string {
    return recordAt(join(this.stateFolder, 'services', `${id}.json`)).instance;
  }

  get #control() {
    const { supervisor } = this;
    return {
      settings: this.#settings,
      status: supervisor.status.bind(supervisor),
      stop: supervisor.stop.bind(supervisor),
      start: supervisor.start.bind(supervisor),
    };
  }

  get #work(): Work {
    return {
      job: 1,
      signal: this.cancel.signal,
      scratch: this.stateFolder,
      progress: (step, _done, _total, cancellable) => this.progress.push([step, cancellable]),
      log: (level, text) => this.logged.push(`${level}: ${text}`),
    };
  }

  readonly #tell = () => {
    this.told += 1;
  };

  readonly #persist = async (record: ResetRecord) => {
    if (this.records.length >= this.fullFrom) throw new Error('ENOSPC');
    this.records.push(record);
  };
}

const stepsOf = (report: ResetReport) =>
  report.steps.map(({ action, service, state }) => `${action} ${service} ${state}`);

test('three services are stopped from the top, started from the ground, each proven healthy', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host', 'agent');
  const before = ['database', 'host', 'agent'].map((id) => fixture.incarnation(id));
  const report = await fixture.reset();
  expect(report.outcome).toBe('done');
  expect(stepsOf(report)).toEqual([
    'stop agent done',
    'stop host done',
    'stop database done',
    'start database done',
    'start host done',
    'start agent done',
  ]);
  expect(fixture.healths()).toEqual({
    agent: 'healthy',
    host: 'healthy',
    database: 'healthy',
    reports: 'stopped',
  });
  const after = ['database', 'host', 'agent'].map((id) => fixture.incarnation(id));
  expect(after.filter((incarnation) => before.includes(incarnation))).toEqual([]);
});

test('what is to run afterwards is persisted before each step, and starting is not cancellable', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host');
  await fixture.reset('host');
  expect(fixture.records).toEqual([
    { start: ['host'], at: 'stopping host', stopping: 'host' },
    { start: ['host'], at: 'starting host' },
    { start: ['host'] },
  ]);
  expect(fixture.progress).toEqual([
    ['stopping host', undefined],
    ['starting host', false],
  ]);
  expect(fixture.told).toBeGreaterThan(4);
});

test('a reset of one takes along what depends on it and leaves the rest alone', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host', 'agent', 'reports');
  const untouched = [fixture.incarnation('database'), fixture.incarnation('reports')];
  expect(stepsOf(await fixture.reset('host'))).toEqual([
    'stop agent done',
    'stop host done',
    'start host done',
    'start agent done',
  ]);
  expect([fixture.incarnation('database'), fixture.incarnation('reports')]).toEqual(untouched);
});

test('a failed service is started by a reset of all, a stopped one only when it is named', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host');
  process.kill(fixture.service('host')?.pid ?? 0, 'SIGKILL');
  await until(() => fixture.service('host')?.health === 'failed');
  expect((await fixture.reset()).outcome).toBe('done');
  expect(fixture.healths()).toMatchObject({ host: 'healthy', reports: 'stopped' });
  await fixture.reset('reports');
  expect(fixture.healths()).toMatchObject({ reports: 'healthy' });
});

test('a hung service that ignores the request is killed where that is allowed, and comes back', async () => {
  const stubborn = { ...fakeService('stubborn'), stopTimeoutSeconds: 0.3, allowKill: true };
  await using fixture = new ResetFixture({ host: { ...stubborn, dependsOn: ['database'] } });
  await fixture.start('database', 'host');
  await until(async () => (await fixture.supervisor.logs('host', 1)).includes('ready'));
  const report = await fixture.reset('host');
  expect([report.outcome, ...stepsOf(report)]).toEqual([
    'done',
    'stop host done',
    'start host done',
  ]);
});

test('DEGRADED: after a failed start it goes on with those that do not need the failed one', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host', 'agent', 'reports');
  fixture.supervisor.configure({
    agent: fakeService('obedient', { dependsOn: ['host'] }),
    host: fakeService('failing', { dependsOn: ['database'] }),
    database: fakeService('obedient', { role: 'database' }),
    reports: fakeService('obedient', { dependsOn: ['database'] }),
  });
  const report = await fixture.reset();
  expect(report.outcome).toBe('degraded');
  expect(stepsOf(report).slice(4)).toEqual([
    'start database done',
    'start host failed',
    'start agent skipped',
    'start reports done',
  ]);
  expect(report.steps[5]?.detail).toContain('exit 3: cannot open database: disk full');
  expect(report.steps[6]?.detail).toBe('needs host, which is not up');
  expect(fixture.healths()).toEqual({
    agent: 'stopped',
    host: 'failed',
    database: 'healthy',
    reports: 'healthy',
  });
});

test('ROLLED BACK: after a stop that fails, what was stopped is started again', async () => {
  const stubborn = { ...fakeService('stubborn'), stopTimeoutSeconds: 0.3, allowKill: true };
  await using fixture = new ResetFixture({ database: { ...stubborn, role: 'database' } });
  await fixture.start('database', 'host', 'agent');
  await until(async () => (await fixture.supervisor.logs('database', 1)).includes('ready'));
  const { pid } = fixture.service('database') ?? {};
  const report = await fixture.reset();
  expect([report.outcome, ...stepsOf(report)]).toEqual([
    'rolled back',
    'stop agent done',
    'stop host done',
    'stop database failed',
    'start host done',
    'start agent done',
  ]);
  expect(report.steps[2]?.detail).toBe(
    `service "database" did not stop within 0.3 s (pid ${pid ?? 0})`,
  );
  expect(fixture.service('database')?.pid).toBe(pid);
  expect(fixture.healths()).toMatchObject({ agent: 'healthy', host: 'healthy' });
});

test('a cancel while it stops starts again what was stopped, and ends as cancelled', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database', 'host', 'agent');
  fixture.progress.push = (...steps) => {
    if (steps.some(([step]) => step === 'stopping host')) fixture.cancel.abort();
    return 0;
  };
  await expect(fixture.reset()).rejects.toThrow('aborted');
  expect(fixture.records.at(-1)).toEqual({ start: ['database', 'host', 'agent'] });
  expect(fixture.healths()).toMatchObject({
    agent: 'healthy',
    host: 'healthy',
    database: 'healthy',
  });
});

test('a reset that died is finished: what ran before it is started and the report says where it died', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database');
  const report = await fixture.resume({
    start: ['database', 'host', 'agent', 'removed-since'],
    at: 'stopping database',
  });
  expect(report).toMatchObject({ outcome: 'done', interruptedAt: 'stopping database' });
  expect(fixture.healths()).toMatchObject({
    agent: 'healthy',
    host: 'healthy',
    database: 'healthy',
  });
  expect(fixture.records.at(-1)).toEqual({ start: ['database', 'host', 'agent'] });
});

test.each([1, 2])(
  'a disk that is full from record %i of a reset on leaves nothing stopped that ran',
  async (record) => {
    await using fixture = new ResetFixture();
    await fixture.start('database', 'host');
    fixture.fullFrom = record;
    const { outcome } = await fixture.reset('database');
    expect(outcome).toBe(record < 2 ? 'rolled back' : 'done');
    expect(fixture.healths()).toMatchObject({ database: 'healthy', host: 'healthy' });
    expect(fixture.logged.join()).toContain('could not be written down');
  },
);

test('a reset that died is finished on a full disk too', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('host');
  fixture.fullFrom = 0;
  const died = { start: ['database', 'host'], at: 'stopping host', stopping: 'host' };
  expect(await fixture.resume(died)).toMatchObject({ outcome: 'done' });
  expect(fixture.healths()).toMatchObject({ database: 'healthy', host: 'healthy' });
});

test('an automatic reset leaves alone what was stopped since it was ordered', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database');
  expect(stepsOf(await fixture.resetByItself('host'))).toEqual([]);
  expect(fixture.healths()).toMatchObject({ host: 'stopped', database: 'healthy' });
});

test('a reset that had come to its end is not taken up again', async () => {
  await using fixture = new ResetFixture();
  expect(await fixture.resume({ start: ['host'] })).toBeUndefined();
  expect(fixture.service('host')?.health).not.toBe('healthy');
});

test('a misspelt service is refused before anything is stopped', async () => {
  await using fixture = new ResetFixture();
  await expect(fixture.reset('hots')).rejects.toThrow('there is no service "hots"');
  expect(fixture.records).toEqual([]);
});

test('one that had been asked to stop when Kedge died is waited for before it is started', async () => {
  const slow = ['/bin/sh', '-c', 'trap "sleep 0.6; exit 0" TERM; echo ready; sleep 60 & wait'];
  await using fixture = new ResetFixture({ host: { command: slow, dependsOn: [] } });
  await fixture.start('host');
  await until(async () => (await fixture.supervisor.logs('host', 1)).includes('ready'));
  const before = fixture.incarnation('host');
  process.kill(fixture.service('host')?.pid ?? 0, 'SIGTERM');
  const record = { start: ['host'], at: 'stopping host', stopping: 'host' };
  const report = await fixture.resume(record);
  expect([
    report?.outcome,
    ...stepsOf(report ?? { outcome: 'done', steps: [], retried: [] }),
  ]).toEqual(['done', 'stop host done', 'start host done']);
  expect(fixture.incarnation('host')).not.toBe(before);
});
