import { expect, test } from 'vitest';
import { Config } from '../../agent/config/config.ts';
import { holdsSources } from '../../agent/config/holds-sources.ts';
import { guardFiles } from '../../agent/setup/unit/guard-files.ts';

const server = (engine: string) => ({
  manager: 'systemd',
  role: 'database',
  unit: `${engine}.service`,
  database: { engine, name: 'clinic', user: 'kedge' },
});
const config = Config.parse({
  application: { id: 'clinic', name: 'Clinic' },
  sources: { db: { engine: 'postgres', database: 'clinic', user: 'kedge' } },
  stores: {},
  services: {
    postgres: server('postgres'),
    mariadb: server('mariadb'),
    host: { manager: 'systemd', role: 'host', unit: 'host.service', dependsOn: ['postgres'] },
  },
});

test('the server that holds a source may start while a restore is half done, all others wait', () => {
  const held = Object.entries(config.services ?? {}).filter(([, one]) => holdsSources(one, config));
  expect(held.map(([id]) => id)).toEqual(['postgres']);
  const guarded = guardFiles(config, '/var/lib/kedge').map(({ path }) => path);
  expect(guarded.filter((path) => path.includes('50-kedge-guard'))).toEqual([
    '/etc/systemd/system/mariadb.service.d/50-kedge-guard.conf',
    '/etc/systemd/system/host.service.d/50-kedge-guard.conf',
  ]);
});
