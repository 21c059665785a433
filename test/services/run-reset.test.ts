import { expect, test } from 'vitest';
import { ResetFixture, stepsOf } from '../support/reset-fixture.ts';
import { fakeService } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

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
