import { execFile, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { toolVersion } from '../../../agent/os/tool-version.ts';
import { asVersion, unpackDelivery } from '../../support/delivered-kedge.ts';
import { testWith } from '../../support/require-tool.ts';
import { startSystemd, type TestSystemd } from '../../support/systemd/start-systemd.ts';
import { hasSystemd, testWithSystemd } from '../../support/systemd/test-with-systemd.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const run = promisify(execFile);
const inSystemd = testWithSystemd();
const alone = mayLeaveTheNetwork() ? testWith('tar', 'unshare') : test.skip;

let folder = '';
let root = '';
let system: TestSystemd;

beforeAll(async () => {
  const units = { 'kclinic.service': '[Service]\nExecStart=/bin/sleep infinity\n' };
  if (hasSystemd) system = await startSystemd({ units });
  folder = hasSystemd ? system.folder : mkdtempSync(join(tmpdir(), 'kedge-'));
  root = await unpackDelivery(folder);
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function mayLeaveTheNetwork(): boolean {
  if (spawnSync('unshare', ['-rn', 'true']).status === 0) return true;
  if (process.env['CI'] === 'true') throw new Error('this test needs namespaces of its own');
  process.stderr.write('SKIPPED: a test without network, as namespaces are not allowed here\n');
  return false;
}

/** All programs of a server, but for node and npm. */
function pathWithoutNode(): string {
  const path = join(temporaryFolder(), 'bin');
  mkdirSync(path);
  for (const name of readdirSync('/usr/bin'))
    if (!/^(node|nodejs|npm|npx)$/.test(name)) symlinkSync(`/usr/bin/${name}`, join(path, name));
  return path;
}

alone(
  'it runs where there is no node, no npm, no network and no environment',
  async () => {
    const home = temporaryFolder();
    const data = join(home, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'a.txt'), 'text');
    const variables = [`PATH=${pathWithoutNode()}`, `HOME=${home}`, `KEDGE_HOME=${home}/k`];
    const kedge = async (...words: readonly string[]) =>
      await run('unshare', ['-rn', 'env', '-i', ...variables, join(root, 'kedge'), ...words]);
    onTestFinished(() => endDaemon(join(home, 'k')));
    expect((await kedge('--version')).stdout).toBe(`${toolVersion()}\n`);
    const init = await kedge(
      'init',
      data,
      '--name',
      'City',
      '--uploads',
      data,
      '--to',
      join(home, 'b'),
      '--yes',
    );
    expect(init.stdout).toMatch(/^Verified .*_full.tar.zst$/m);
    expect(
      readdirSync(join(home, 'b')).filter((name) => name.endsWith('_full.tar.zst')),
    ).toHaveLength(1);
    const sums = spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: root });
    expect(sums.status).toBe(0);
  },
  60_000,
);

async function endDaemon(home: string): Promise<void> {
  const pid = Number(readFileSync(join(home, 'state/kedge.pid'), 'utf8'));
  process.kill(pid, 'SIGTERM');
  await until(() => spawnSync('kill', ['-0', String(pid)]).status !== 0);
}

/**
 * Uploads of another user that nobody else may read; a destination that is not there yet. The network is that of
 * the machine, and with it who owns a source by its path: no other test has this one.
 */
const application = {
  application: { id: 'clinic', name: 'City Clinic' },
  sources: { uploads: { engine: 'files', path: '/srv/installed/uploads' } },
  stores: { local: { kind: 'local', path: '/var/backups/clinic' } },
  services: { host: { manager: 'systemd', role: 'host', unit: 'kclinic.service' } },
  operators: { socket: '/run/kedge/operator.sock', group: 'kedge-operators' },
  viewers: { socket: '/run/kedge/viewer.sock', group: 'kedge-viewers' },
};

async function inside(...argv: readonly string[]) {
  const { code, stdout, stderr } = await system.run(argv);
  return { code, stdout, said: stdout + stderr };
}

const sh = async (script: string): Promise<string> =>
  (await inside('sh', '-c', script)).said.trim();

/** Of the first time; the user is remembered. */
const first = ['--config', '/mnt/kedge.jsonc', '--user', 'backup-svc'];

async function install(program: string, ...words: readonly string[]) {
  const launcher = `/mnt/${basename(program)}/kedge`;
  return await inside(launcher, 'install', '--json', '--yes', ...words);
}

const plan = (stdout: string) =>
  JSON.parse(stdout).plan.steps.map(({ what }: { what: string }) => what);

inSystemd(
  'installed it runs by itself, as a user of its own, and a second time changes nothing',
  async () => {
    await sh(
      'useradd clinic; mkdir -p /srv/installed/uploads; echo x > /srv/installed/uploads/a; chown -R clinic: /srv/installed; chmod 700 /srv/installed/uploads',
    );
    writeFileSync(join(folder, 'kedge.jsonc'), JSON.stringify(application));
    const dry = await install(root, ...first, '--dry-run');
    expect(plan(dry.stdout)).toContain('file /etc/systemd/system/kedge.service (0644 root)');
    expect(plan(dry.stdout)).toContain('group kedge-operators');
    expect(await sh('ls /opt/kedge /etc/kedge 2>&1 | grep -c "No such file"')).toBe('2');

    expect(await install(root, ...first)).toMatchObject({ code: 0 });
    const shown = await sh('systemctl show -p Type,ActiveState,User,UnitFileState kedge');
    expect(shown.split('\n').toSorted()).toEqual([
      'ActiveState=active',
      'Type=notify',
      'UnitFileState=enabled',
      'User=backup-svc',
    ]);
    expect(await sh('cat /etc/systemd/system/kclinic.service.d/*.conf')).toContain(
      '/var/lib/kedge/guard',
    );
    expect(await sh('ls /etc/polkit-1/rules.d')).toContain('50-kedge.rules.kedge-old');
    expect(await sh('cd /usr/local/share; head -1 */man1/kedge.1 zsh/*/_kedge')).toMatch(
      /\.TH KEDGE 1[\s\S]*#compdef kedge/,
    );
    await inside('kedge', 'destination', 'prepare', 'local');
    expect(await inside('kedge', 'backup', 'create', '--name', 'one')).toMatchObject({ code: 0 });
    expect(await inside('kedge', 'service', 'start', 'host')).toMatchObject({ code: 0 });

    const second = await install(root);
    expect(JSON.parse(second.stdout)).toMatchObject({ changed: false, plan: { steps: [] } });
  },
  60_000,
);

inSystemd(
  'operators and viewers come in by their groups, find their socket, and do what they may',
  async () => {
    await sh('useradd -G kedge-operators ann; useradd -G kedge-viewers bea; useradd zoe');
    const modes = await sh('cd /run/kedge; stat -c "%n %a %U %G" *.sock');
    expect(modes.split('\n')).toEqual([
      'kedge.sock 600 backup-svc backup-svc',
      'operator.sock 660 backup-svc kedge-operators',
      'viewer.sock 660 backup-svc kedge-viewers',
    ]);
    const as = async (user: string, ...words: readonly string[]) =>
      (await inside('runuser', '-u', user, '--', 'kedge', ...words)).code;
    expect([
      await as('ann', 'backup', 'create', '--name', 'by-ann'),
      await as('ann', 'service', 'restart', 'host'),
      await as('ann', 'schedule', 'remove', 'nightly'),
      await as('ann', 'backup', 'create', '--to', '/tmp'),
      await as('bea', 'status'),
      await as('bea', 'backup', 'create'),
      await as('zoe', 'status'),
    ]).toEqual([0, 0, 5, 5, 0, 5, 4]);
    expect(JSON.parse(await sh('kedge audit --json')).entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ method: 'backup.create', role: 'operator', claimedUser: 'ann' }),
        expect.objectContaining({
          method: 'backup.create',
          role: 'viewer',
          claimedUser: 'bea',
          outcome: { kind: 'failed', code: 'forbidden' },
        }),
      ]),
    );
    expect(await sh('kedge doctor --json')).toContain('operators come in');
  },
  60_000,
);

inSystemd(
  'an upgrade runs in its place; one that does not come up is taken back with its state',
  async () => {
    expect(await install(await asVersion(root, '0.2.0'))).toMatchObject({ code: 0 });
    expect(await sh('readlink /opt/kedge/current; systemctl is-active kedge')).toBe(
      '0.2.0\nactive',
    );
    const ruin = `(await import('node:fs')).writeFileSync('/var/lib/kedge/state.sqlite', 'x'); process.exit(78);`;
    const failed = await install(await asVersion(root, '0.3.0', ruin));
    expect(failed).toMatchObject({ code: 9 });
    expect(failed.said).toMatch(/Kedge 0\.3\.0 was taken back.*0\.2\.0 runs again/);
    expect(await sh('readlink /opt/kedge/current; systemctl is-active kedge')).toBe(
      '0.2.0\nactive',
    );
    expect(await sh('cd /opt/kedge; echo 0* install.json')).toBe(
      `${toolVersion()} 0.2.0 install.json`,
    );
    expect(await sh('kedge job list')).toMatch(/full backup to local/);
  },
  90_000,
);

inSystemd(
  'removed it leaves backups, configuration and state, and says so',
  async () => {
    const { code, stdout } = await inside('kedge', 'uninstall', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/stays: \/var\/backups\/clinic, the backups of destination "local"/);
    expect(
      await sh(
        'ls /var/backups/clinic/one.tar.zst /etc/kedge/kedge.jsonc /var/lib/kedge/state.sqlite | wc -l',
      ),
    ).toBe('3');
    const left =
      'ls -d /opt/kedge /usr/local/bin/kedge /etc/systemd/system/kedge* /etc/systemd/system/kclinic.service.d';
    expect(
      await sh(`${left} 2>/dev/null; systemctl is-active kedge; systemctl is-active kclinic`),
    ).toBe('inactive\nactive');
  },
  60_000,
);

inSystemd(
  'purged it takes state and configuration too, never backups nor the way out of half-exchanged data',
  async () => {
    expect(await install(root, '--user', 'backup-svc')).toMatchObject({ code: 0 });
    await sh('echo restore > /var/lib/kedge/guard');
    const purge = ['kedge', 'uninstall', '--purge', '--confirm', 'City Clinic'];
    const refused = await inside(...purge);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.said).toMatch(/exchanged the data by half/);
    await sh('rm /var/lib/kedge/guard');
    expect(await inside(...purge)).toMatchObject({ code: 0 });
    const kept = 'ls -d /opt/kedge /etc/kedge /var/lib/kedge* /var/backups/clinic/one.tar.zst';
    expect(await sh(`${kept} 2>/dev/null`)).toBe('/var/backups/clinic/one.tar.zst');
  },
  60_000,
);
