import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import type { SystemdServiceSettings } from '../../agent/services/settings.ts';
import { testWith } from '../support/require-tool.ts';
import { freePort, ServiceFixture } from '../support/service-fixture.ts';
import { startSystemd, type TestSystemd } from '../support/systemd/start-systemd.ts';
import { hasSystemd, testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const skipped = testWithSystemd();
const testPostgres = hasSystemd ? testWith('pg_createcluster') : skipped;
const testMariadb = hasSystemd ? testWith('mariadbd') : skipped;

const cluster = 'kedge';
const version = hasSystemd ? newest('/usr/lib/postgresql') : '';
const postgresUnit = `postgresql@${version}-${cluster}.service`;
const mariadbUnit = 'mariadb.service';
const path = process.env['PATH'];
let system: TestSystemd | undefined;

beforeAll(async () => {
  if (!hasSystemd) return;
  // The network is that of the machine, on which another one may run.
  // systemd-tmpfiles, which makes the folder of its socket at boot, does not run here.
  const dropIn = '[Service]\nRuntimeDirectory=mysqld\nEnvironment=MYSQLD_OPTS=--skip-networking\n';
  const units = { [`${mariadbUnit}.d/kedge.conf`]: dropIn };
  system = await startSystemd({ units, allowed: [postgresUnit, mariadbUnit] });
  process.env['PATH'] = `${system.tools('kedge')}:${path}`;
});
afterAll(async () => {
  process.env['PATH'] = path;
  await system?.[Symbol.asyncDispose]();
});

function newest(folder: string): string {
  try {
    return readdirSync(folder).toSorted().at(-1) ?? '';
  } catch {
    return '';
  }
}

function database(unit: string): SystemdServiceSettings {
  const times = { stableSeconds: 0.5, startTimeoutSeconds: 30, stopTimeoutSeconds: 30 };
  return { manager: 'systemd', role: 'database', unit, ...times };
}

testPostgres('PostgreSQL is started, stopped, and said to be killed by its own unit', async () => {
  await using fixture = new ServiceFixture();
  const port = await freePort();
  await system?.run(['pg_createcluster', version, cluster, '--port', String(port)]);
  const settings = { ...database(postgresUnit), probes: [{ kind: 'tcp' as const, port }] };
  const supervisor = fixture.supervise({ database: settings });
  await supervisor.start('database', signal);
  expect(supervisor.services()[0]).toMatchObject({ health: 'healthy' });
  await system?.run(['systemctl', 'kill', '--kill-who=main', '--signal=SIGKILL', postgresUnit]);
  await until(() => supervisor.services()[0]?.health === 'failed');
  expect(supervisor.services()[0]?.why).toContain('killed by SIGKILL');
  await supervisor.start('database', signal);
  await supervisor.stop('database', signal);
  expect(supervisor.services()[0]).toMatchObject({ health: 'stopped' });
});

testMariadb('MariaDB is started in its own words, and stopped', async () => {
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ database: database(mariadbUnit) });
  await supervisor.start('database', signal);
  expect(supervisor.services()[0]).toMatchObject({
    health: 'healthy',
    why: expect.stringContaining('"Taking your SQL requests now..."'),
  });
  await supervisor.stop('database', signal);
  expect(supervisor.services()[0]).toMatchObject({ health: 'stopped', why: 'stopped' });
});
