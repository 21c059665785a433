import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { SystemdServiceSettings } from '../../agent/services/settings.ts';
import type { ServiceSupervisor } from '../../agent/services/supervise.ts';
import { checkOrder } from '../../agent/services/systemd/check-order.ts';
import { failureOf } from '../../protocol/failures.ts';
import { freePort, ServiceFixture, secondsOfStop } from '../support/service-fixture.ts';
import { sharedSystemd } from '../support/systemd/shared-systemd.ts';
import { testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { UnitFixture } from '../support/systemd/unit-fixture.ts';
import { until } from '../support/until.ts';

const test = testWithSystemd();
const systemd = sharedSystemd();
const { signal } = new AbortController();

function unitService(
  unit: string,
  changes: Partial<SystemdServiceSettings> = {},
): SystemdServiceSettings {
  const times = { stableSeconds: 0.2, startTimeoutSeconds: 5, stopTimeoutSeconds: 5 };
  return { manager: 'systemd', role: 'host', unit, ...times, ...changes };
}

const hostOf = (supervisor: ServiceSupervisor) => supervisor.services()[0];

test('a unit is started, proven and stopped, as the user that the rule names', async () => {
  await using fixture = new ServiceFixture();
  await using units = new UnitFixture();
  const supervisor = fixture.supervise({ host: unitService(units.unit('obedient')) });
  await supervisor.start('host', signal);
  expect(hostOf(supervisor)).toMatchObject({ manager: 'systemd', health: 'healthy' });
  await supervisor.stop('host', signal);
  expect(hostOf(supervisor)).toMatchObject({ health: 'stopped', why: 'stopped' });
});

test('a unit that fails at its start is told with exit code and last line', async () => {
  await using fixture = new ServiceFixture();
  await using units = new UnitFixture();
  const supervisor = fixture.supervise({
    host: unitService(units.unit('failing'), { stableSeconds: 5 }),
  });
  await expect(supervisor.start('host', signal)).rejects.toThrow(
    'service "host" did not become healthy: exit 3: cannot open database: disk full',
  );
});

test('a unit that turns ill runs on for systemd, and its probe tells', async () => {
  await using fixture = new ServiceFixture();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const unit = `khttp@${port}.service`;
  await systemd().run(['systemctl', 'start', unit]);
  const probes = [{ kind: 'http' as const, url: `${url}/health` }];
  const supervisor = fixture.supervise({ host: unitService(unit, { probes }) });
  await until(() => hostOf(supervisor)?.health === 'healthy');
  await fetch(`${url}/set/503`);
  await until(() => hostOf(supervisor)?.health === 'ill', 20_000);
  expect(hostOf(supervisor)?.why).toContain('503');
});

test('a unit that ignores the request is killed only where that is allowed, never a database', async () => {
  await using fixture = new ServiceFixture();
  await using units = new UnitFixture();
  const unit = units.unit('stubborn');
  const brief = { allowKill: true, stopTimeoutSeconds: 0.5 };
  const supervisor = fixture.supervise({ host: unitService(unit, { role: 'database', ...brief }) });
  await supervisor.start('host', signal);
  await until(async () => (await supervisor.logs('host', 9)).includes('ready'));
  const began = performance.now();
  const { code, params } = failureOf(await supervisor.stop('host', signal).catch((error) => error));
  expect([code, secondsOfStop(0.5, began)]).toEqual([
    'service-stop-failed',
    expect.arrayContaining([params['seconds']]),
  ]);
  supervisor.configure({ host: unitService(unit, brief) });
  await supervisor.stop('host', signal);
  expect(hostOf(supervisor)?.health).toBe('stopped');
});

test('a stop that something undoes fails with the name of what did', async () => {
  await using fixture = new ServiceFixture();
  await using units = new UnitFixture();
  await systemd().run(['systemctl', 'start', units.unit('wanting')]);
  // Too slow to be caught down twice.
  const supervisor = fixture.supervise({ host: unitService(units.unit('obedient')) });
  await until(() => hostOf(supervisor)?.health === 'healthy');
  const stopped = async () => {
    // Between two runs of the one that wants it, it is down for a moment.
    for (let left = 20; left > 0; left -= 1) await supervisor.stop('host', signal);
  };
  await expect(stopped()).rejects.toThrow(
    `service "host" was started again by ${units.unit('wanting')} after it was stopped`,
  );
  await systemd().run(['systemctl', 'stop', units.unit('wanting')]);
});

test('a unit that systemd starts again and again is flapping', async () => {
  await using fixture = new ServiceFixture();
  await using units = new UnitFixture();
  const supervisor = fixture.supervise({
    host: unitService(units.unit('flapping'), { stableSeconds: 5 }),
  });
  const started = supervisor.start('host', signal).catch(() => undefined);
  await until(() => hostOf(supervisor)?.health === 'flapping');
  await supervisor.stop('host', signal);
  await started;
});

test('a look at fifty units is one process', async () => {
  await using fixture = new ServiceFixture();
  const real = systemd().tools('kedge');
  const counted = join(fixture.stateFolder, 'counted');
  const tool = join(fixture.stateFolder, 'systemctl');
  writeFileSync(tool, `#!/bin/sh\necho "$#" >> ${counted}\nexec ${real}/systemctl "$@"\n`);
  chmodSync(tool, 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${fixture.stateFolder}:${before}`;
  const names = Array.from({ length: 50 }, (_, at) => `kobedient@fifty${at}.service`);
  const services = Object.fromEntries(names.map((unit, at) => [`s${at}`, unitService(unit)]));
  fixture.supervise(services);
  const looks = () => readFileSync(counted, { encoding: 'utf8', flag: 'a+' }).trim().split('\n');
  await until(() => looks().length >= 3);
  process.env['PATH'] = before;
  // --no-pager show --property -- and the units: at the start, and at the next two beats.
  expect(looks().slice(0, 3)).toEqual(['54', '54', '54']);
});

test('an order of units that is not that of the configuration is found', async () => {
  await using units = new UnitFixture();
  const [needy, broken, obedient] = ['needy', 'broken', 'obedient'].map((name) => units.unit(name));
  if (needy === undefined || broken === undefined || obedient === undefined) throw new Error();
  const services = {
    host: unitService(needy),
    database: unitService(broken, { dependsOn: ['host'] }),
    agent: unitService(obedient, { dependsOn: ['host'] }),
  };
  expect(await checkOrder(services, signal)).toEqual([
    { kind: 'undeclared', service: 'host', on: 'database' },
    { kind: 'reversed', service: 'database', on: 'host' },
    { kind: 'unordered', service: 'agent', on: 'host' },
  ]);
});
