import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Config } from '../../../agent/config/config.ts';
import { capabilitiesFor } from '../../../agent/setup/unit/capabilities.ts';
import { lookAtSources } from '../../../agent/setup/unit/source-access.ts';
import { unitFiles } from '../../../agent/setup/unit/unit-files.ts';
import { unitText } from '../../../agent/setup/unit/unit-text.ts';
import { writablePaths } from '../../../agent/setup/unit/writable-paths.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const config = (more: object = {}): Config =>
  Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: {
      database: { engine: 'sqlite', path: '/srv/clinic/db/clinic.sqlite' },
      uploads: { engine: 'files', path: '/srv/clinic' },
    },
    stores: { local: { kind: 'local', path: '/var/backups/50% clinic' } },
    ...more,
  });
const order = { user: 'kedge', groups: [], program: '/usr/local/bin/kedge', access: [] };
const lineOf = (text: string, name: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`${name}=`));
const { signal } = new AbortController();

test('the folders around sources may be written, each once and none inside another', () => {
  expect(writablePaths(config()).map(({ path }) => path)).toEqual([
    '/etc/kedge',
    '/srv',
    '/var/backups/50% clinic',
  ]);
});

test('a folder of a socket for others may be written, but for the one that systemd makes', () => {
  const group = 'kedge-operators';
  const more = {
    operators: { socket: '/run/kedge/operator.sock', group },
    viewers: { socket: '/srv-view/kedge.sock', group },
  };
  const paths = writablePaths(config(more)).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/run') || path === '/srv-view')).toEqual([
    '/srv-view',
  ]);
});

test('of a source right below the root only itself may be written', () => {
  const sources = { data: { engine: 'files', path: '/data' } };
  expect(writablePaths(config({ sources })).map(({ path }) => path)).toContain('/data');
});

test('a program that asks whether it may read a source is let see it by its capabilities', () => {
  const access = [{ source: 'server', unreadable: '/var/lib/mysql/clinic' }];
  const whole = { engine: 'mariadb-server', data: '/var/lib/mysql', user: 'kedge' };
  const files = { engine: 'files', path: '/var/lib/mysql' };
  const bitsOf = (server: object, seen = access): string | undefined =>
    lineOf(
      unitText({ ...order, access: seen, config: config({ sources: { server } }) }),
      'SecureBits',
    );
  expect([bitsOf(whole), bitsOf(files), bitsOf(whole, [])]).toEqual([
    'SecureBits=no-setuid-fixup',
    undefined,
    undefined,
  ]);
});

test('blanks and percent signs in a path reach systemd as they are meant', () => {
  const text = unitText({ ...order, config: config() });
  expect(text).toContain('ReadWritePaths=-"/var/backups/50%% clinic"\n');
});

test('services that Kedge starts itself outlive it, units need not', () => {
  const command = ['/srv/clinic/bin/host'];
  const own = { host: { manager: 'process', role: 'host', command } };
  const unit = { host: { manager: 'systemd', role: 'host', unit: 'khost.service' } };
  const killMode = (services: object) =>
    lineOf(unitText({ ...order, config: config({ services }) }), 'KillMode');
  expect(killMode(own)).toBe('KillMode=process');
  expect(killMode(unit)).toBe('KillMode=mixed');
});

test('homes are hidden unless something of the application lies in one', () => {
  const sources = { files: { engine: 'files', path: '/home/ann/files' } };
  const protectHome = (one: Config) => lineOf(unitText({ ...order, config: one }), 'ProtectHome');
  expect(protectHome(config())).toBe('ProtectHome=yes');
  expect(protectHome(config({ sources }))).toBe('ProtectHome=read-only');
});

test('each configured unit gets the guard once, and waits for who takes it away', () => {
  const host = { manager: 'systemd', role: 'host', unit: 'khost.service' };
  const files = unitFiles({ ...order, config: config({ services: { host, agent: host } }) });
  expect(files.map(({ path }) => path)).toEqual([
    '/etc/systemd/system/kedge.service',
    '/etc/systemd/system/kedge-guard.service',
    '/etc/systemd/system/khost.service.d/50-kedge-guard.conf',
  ]);
  expect(files[2]?.text).toContain(
    'After=kedge-guard.service\nConditionPathExists=!/var/lib/kedge/guard\n',
  );
  // For whoever has to do without Kedge.
  expect(files[2]?.text).toContain('start this unit: rm /var/lib/kedge/guard\n');
});

test('what Kedge may do is told with its unit, for who agrees to it', () => {
  const foreign = { path: '/srv/clinic/a', owner: 'clinic' };
  const access = [{ source: 'uploads', foreign }];
  const reasonOf = (one: object) => unitFiles({ ...order, config: config(), ...one })[0]?.reason;
  const below = 'it writes below /etc/kedge, /srv, /var/backups/50% clinic';
  expect(reasonOf({})).toContain(`${below}, with no capabilities`);
  expect(reasonOf({ access })).toContain(`${below}, with CAP_CHOWN CAP_FOWNER CAP_DAC_OVERRIDE`);
});

test('sources of its own need no capability, those of others the least that restores them, with reasons', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'uploads');
  mkdirSync(join(path, 'shared'), { recursive: true });
  writeFileSync(join(path, 'private.txt'), 'one', { mode: 0o600 });
  chmodSync(join(path, 'shared'), 0o2770);
  chmodSync(folder.path, 0o755);
  const sources = { uploads: { engine: 'files' as const, path } };
  const uid = process.getuid?.() ?? 0;
  const gids = new Set([process.getgid?.() ?? 0]);
  const own = await lookAtSources(sources, { uid, gids }, signal);
  expect(capabilitiesFor(own)).toEqual([]);
  const others = await lookAtSources(sources, { uid: 64_999, gids: new Set([64_999]) }, signal);
  expect(capabilitiesFor(others).map(({ name }) => name)).toEqual([
    'CAP_DAC_READ_SEARCH',
    'CAP_CHOWN',
    'CAP_FOWNER',
    'CAP_DAC_OVERRIDE',
    'CAP_FSETID',
  ]);
  expect(capabilitiesFor(others)[4]?.reasons).toEqual([
    `to keep the set-group-id bit of "${join(path, 'shared')}" of source "uploads"`,
  ]);
});
