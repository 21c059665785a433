import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Work } from '../../agent/os/work.ts';
import type { AskAboutStop } from '../../agent/services/late-stop.ts';
import { runReset } from '../../agent/services/run-reset.ts';
import type { ServiceSettings, SystemdServiceSettings } from '../../agent/services/settings.ts';
import type { ServiceSupervisor } from '../../agent/services/supervise.ts';
import type { ResetAnswer } from '../../protocol/domain/reset.ts';
import type { ResetReport, Service } from '../../protocol/domain/service.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { freePort, ServiceFixture, secondsOfStop } from '../support/service-fixture.ts';
import { sharedSystemd } from '../support/systemd/shared-systemd.ts';
import { testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { UnitFixture } from '../support/systemd/unit-fixture.ts';
import { until } from '../support/until.ts';

const test = testWithSystemd();
const systemd = sharedSystemd();
const { signal } = new AbortController();

/** Units with a reset of them; what the admin is told on the way is kept. */
class UnitReset extends ServiceFixture {
  readonly units = new UnitFixture();
  readonly told: string[] = [];
  #settings: Record<string, ServiceSettings> = {};
  supervisor: ServiceSupervisor = this.supervise({});

  unit(name: string, changes: Partial<SystemdServiceSettings> = {}): SystemdServiceSettings {
    const times = { stableSeconds: 0.2, startTimeoutSeconds: 5, stopTimeoutSeconds: 5 };
    const unit = name.includes('.') ? name : this.units.unit(name);
    return { manager: 'systemd', role: 'host', unit, ...times, ...changes };
  }

  /** Started by systemd itself, so that no request of Kedge's is known. */
  async run(settings: Record<string, SystemdServiceSettings>, ...start: string[]): Promise<void> {
    this.#settings = settings;
    this.supervisor.configure(settings);
    for (const id of start) await systemd().run(['systemctl', 'start', settings[id]?.unit ?? '']);
    await until(() => start.every((id) => this.health(id) === 'healthy'));
  }

  async says(id: string, line: string): Promise<void> {
    await until(async () => (await this.supervisor.logs(id, 9)).includes(line));
  }

  service(id: string): Service | undefined {
    return this.supervisor.services().find((service) => service.id === id);
  }

  health(id: string): string | undefined {
    return this.service(id)?.health;
  }

  async reset(ids: readonly string[] | 'all' = 'all', ask?: AskAboutStop): Promise<ResetReport> {
    const { supervisor } = this;
    const control = {
      settings: this.#settings,
      status: supervisor.status.bind(supervisor),
      start: supervisor.start.bind(supervisor),
      stop: async (id: string, until: AbortSignal) => await supervisor.stop(id, until, ask),
      preflight: supervisor.preflight.bind(supervisor),
    };
    const work: Work = {
      job: 1,
      signal,
      scratch: this.stateFolder,
      progress: () => undefined,
      log: (_level, text) => this.told.push(text),
    };
    return await runReset(
      { ids },
      control,
      work,
      () => undefined,
      async () => undefined,
    );
  }
}

/** What the admin is told of a reset that is refused. */
async function refusalOf(reset: Promise<unknown>): Promise<string> {
  const error = await reset.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { message, hint = '' } = wordFailure(failureOf(error));
  return `${message}\n${hint}`;
}

const stepsOf = (report: ResetReport) =>
  report.steps.map(({ action, service, state }) => `${action} ${service} ${state}`);

test('what can not be started again is found before anything is stopped', async () => {
  await using fixture = new UnitReset();
  const { units } = fixture;
  await systemd().run(['systemctl', 'mask', units.unit('masked')]);
  const database = fixture.unit('obedient', { role: 'database' });
  const cases: readonly (readonly [string, string])[] = [
    ['nowhere', `there is no unit "${units.unit('nowhere')}" on this server`],
    ['masked', `${units.unit('masked')} is masked by an administrator`],
    ['denied', `Kedge may not reset-failed ${units.unit('denied')} (it runs as user "root")`],
  ];
  await systemd().run(['systemctl', 'start', units.unit('denied')]);
  await fixture.run({ database }, 'database');
  const pid = fixture.supervisor.services()[0]?.pid;
  for (const [name, words] of cases) {
    await fixture.run({ database, host: fixture.unit(name, { dependsOn: ['database'] }) });
    const refusal = await refusalOf(fixture.reset(['database', 'host']));
    expect(refusal).toContain(words);
    if (name === 'denied') expect(refusal).toContain(`var units = ["${units.unit('denied')}"]`);
  }
  expect(fixture.supervisor.services()[0]?.pid).toBe(pid);
});

test('without polkit a reset says that services can not be controlled', async () => {
  await using fixture = new UnitReset();
  await fixture.run({ host: fixture.unit('obedient') }, 'host');
  await systemd().run(['systemctl', 'mask', '--runtime', '--now', 'polkit.service']);
  try {
    expect(await refusalOf(fixture.reset())).toContain('polkit is not running, so service "host"');
  } finally {
    await systemd().run(['systemctl', 'unmask', '--runtime', 'polkit.service']);
  }
  expect(fixture.health('host')).toBe('healthy');
  expect((await fixture.reset()).outcome).toBe('done');
});

test('an order of the units that is not that of the configuration is told, and the reset goes on', async () => {
  await using fixture = new UnitReset();
  const [database, host] = [fixture.unit('obedient'), fixture.unit('masked')];
  await systemd().run(['systemctl', 'unmask', host.unit]);
  await fixture.run({ database, host: { ...host, dependsOn: ['database'] } }, 'database', 'host');
  expect(stepsOf(await fixture.reset())).toEqual([
    'stop host done',
    'stop database done',
    'start database done',
    'start host done',
  ]);
  expect(fixture.told).toEqual([
    'service "host" depends on "database", but its unit does not say so: at a boot both start at once',
  ]);
});

test('of one that does not stop is asked: wait, then kill; a database wants its name typed', async () => {
  await using fixture = new UnitReset();
  const stubborn = fixture.unit('stubborn', { stopTimeoutSeconds: 0.3, role: 'database' });
  await fixture.run({ database: stubborn }, 'database');
  await fixture.says('database', 'ready');
  const answers: ResetAnswer[] = ['wait', 'kill'];
  const asked: unknown[] = [];
  const report = await fixture.reset('all', async (late) => {
    asked.push(late);
    return answers.shift() ?? 'abort';
  });
  expect(stepsOf(report)).toEqual(['stop database done', 'start database done']);
  const question = {
    service: 'database',
    answers: ['wait', 'kill', 'abort'],
    confirmKill: 'database',
  };
  expect(asked).toMatchObject([question, question]);
});

test('an answer that does not come is not waited for once the service is down', async () => {
  await using fixture = new UnitReset();
  const late = fixture.unit('later', { stopTimeoutSeconds: 0.1, startTimeoutSeconds: 20 });
  await fixture.run({ host: late }, 'host');
  await fixture.says('host', 'ready');
  const report = await fixture.reset('all', async (_late, until) => {
    const { promise, resolve } = Promise.withResolvers<ResetAnswer>();
    until.addEventListener('abort', () => resolve('abort'), { once: true });
    return await promise;
  });
  expect(stepsOf(report)).toEqual(['stop host done', 'start host done']);
});

test('aborted: what was stopped is started again, also the one that stopped too late', async () => {
  await using fixture = new UnitReset();
  const late = { stopTimeoutSeconds: 0.1, startTimeoutSeconds: 20 };
  const database = fixture.unit('later', { ...late, onStopTimeout: 'abort' });
  const host = fixture.unit('obedient', { dependsOn: ['database'] });
  await fixture.run({ database, host }, 'database', 'host');
  await fixture.says('database', 'ready');
  const began = performance.now();
  const report = await fixture.reset('all', async () => 'kill');
  expect([report.outcome, ...stepsOf(report)]).toEqual([
    'rolled back',
    'stop host done',
    'stop database failed',
    'start database done',
    'start host done',
  ]);
  const words = /^service "database" did not stop within (.*) s \(pid \d+\)$/;
  const [, seconds] = words.exec(`${report.steps[1]?.detail}`) ?? [];
  expect(secondsOfStop(0.1, began)).toContain(Number(seconds));
});

test('one that something starts again is stopped with its name told, and rolled back', async () => {
  await using fixture = new UnitReset();
  const host = fixture.unit('obedient');
  await fixture.run({ host }, 'host');
  await systemd().run(['systemctl', 'start', fixture.units.unit('wanting')]);
  // Between two runs of the one that wants it, it is down for a moment.
  await until(async () => {
    const { outcome, steps } = await fixture.reset();
    const [stop] = steps;
    return outcome === 'rolled back' && `${stop?.detail}`.includes(fixture.units.unit('wanting'));
  }, 20_000);
  await systemd().run(['systemctl', 'stop', fixture.units.unit('wanting')]);
});

test('DEGRADED: one that fails at its start is told with exit code and last line, the rest goes on', async () => {
  await using fixture = new UnitReset();
  const database = fixture.unit('obedient', { role: 'database' });
  const host = fixture.unit('failing', { dependsOn: ['database'], stableSeconds: 5 });
  const agent = fixture.unit('ksocket@agent.service', { dependsOn: ['host'], role: 'agent' });
  await fixture.run({ database, host, agent }, 'database');
  const report = await fixture.reset(['database', 'host', 'agent']);
  expect([report.outcome, ...stepsOf(report)]).toEqual([
    'degraded',
    'stop database done',
    'start database done',
    'start host failed',
    'start agent skipped',
  ]);
  expect(report.steps[2]?.detail).toContain('exit 3: cannot open database: disk full');
});

test('one that its manager refuses to start, as it was started too often, starts', async () => {
  await using fixture = new UnitReset();
  await fixture.run({ host: fixture.unit('limited') });
  await systemd().run(['systemctl', 'start', fixture.units.unit('limited')]);
  await until(() => fixture.health('host') === 'failed');
  expect(fixture.service('host')?.why).toMatch(/^started too often, exit 4/);
  writeFileSync(join(systemd().folder, `cured-${fixture.units.instance}`), '');
  const { outcome, notes } = await fixture.reset();
  expect([outcome, notes]).toEqual([
    'done',
    ['host had been started too often for its manager; that was cleared'],
  ]);
});

test('one that is running and ill is cured', async () => {
  await using fixture = new UnitReset();
  const port = await freePort();
  const probes = [{ kind: 'http' as const, url: `http://127.0.0.1:${port}/health` }];
  writeFileSync(join(systemd().folder, `port-${fixture.units.instance}`), `PORT=${port}\n`);
  await fixture.run({ host: fixture.unit('answering', { probes }) }, 'host');
  await fetch(`http://127.0.0.1:${port}/set/503`);
  await until(() => fixture.health('host') === 'ill', 20_000);
  expect((await fixture.reset()).outcome).toBe('done');
  expect(fixture.health('host')).toBe('healthy');
});

test('one that flaps is stopped, and a start that never becomes stable is told', async () => {
  await using fixture = new UnitReset();
  const flapping = { stableSeconds: 2, startTimeoutSeconds: 1 };
  await fixture.run({ host: fixture.unit('flapping', flapping) });
  await systemd().run(['systemctl', 'start', fixture.units.unit('flapping')]);
  await until(() => fixture.health('host') === 'flapping', 20_000);
  const report = await fixture.reset();
  expect([report.outcome, ...stepsOf(report)]).toEqual([
    'failed',
    'stop host done',
    'start host failed',
  ]);
});

test('a socket that would start it again is found, stopped with it and opened with it', async () => {
  await using fixture = new UnitReset();
  const socket = fixture.units.unit('socket', 'socket');
  await systemd().run(['systemctl', 'start', socket]);
  await fixture.run({ host: fixture.unit('socket') }, 'host');
  expect(await fixture.supervisor.triggers('host', signal)).toEqual([socket]);
  expect((await fixture.reset()).outcome).toBe('done');
  expect((await systemd().run(['systemctl', 'is-active', socket])).stdout).toBe('active\n');
});
