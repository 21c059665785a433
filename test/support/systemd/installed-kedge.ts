import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../../agent/config/config.ts';
import { polkitRule } from '../../../agent/services/systemd/polkit-rule.ts';
import { configuredUnits } from '../../../agent/setup/unit/guard-files.ts';
import { lookAtSources } from '../../../agent/setup/unit/source-access.ts';
import { unitFiles } from '../../../agent/setup/unit/unit-files.ts';
import { ownUnit } from '../../../agent/setup/unit/unit-order.ts';
import { initStore } from '../../../agent/stores/stores.ts';
import { openSession, type Session } from '../kedge.ts';
import { builtProgram } from '../programs.ts';
import { until } from '../until.ts';
import { startSystemd, type TestSystemd } from './start-systemd.ts';

/** Kedge as `kedge install` sets it up, as the user "kedge" in its unit, for an application of the user "clinic". */
export interface InstalledKedge extends AsyncDisposable {
  readonly system: TestSystemd;
  /** The path by which a file inside is seen from outside. */
  path(inside: string): string;
  /** Runs a line of shell inside as root; fails unless it ends well. Answers what it printed. */
  sh(line: string): Promise<string>;
  /** Of Kedge's unit, or of `unit`. */
  show(property: string, unit?: string): Promise<string>;
  session(): Promise<Session>;
  /** Lines "[Service]" of a test on top of Kedge's own unit. */
  override(lines: string): Promise<void>;
}

// Who owns a source is known to the whole machine, by its path: two tests may run at once.
const folder = `/srv/clinic-${process.pid}`;
export const clinic = {
  folder,
  database: `${folder}/clinic.sqlite`,
  uploads: `${folder}/uploads`,
} as const;
const store = '/var/backups/clinic';

export interface InstalledOptions {
  /** Beside database, uploads and destination. */
  readonly config?: object;
  /** Units of the application. */
  readonly units?: Readonly<Record<string, string>>;
  /** Makes the application's data; run by root in its folder, before it is given to "clinic". */
  readonly data: string;
}

export async function installKedge(options: InstalledOptions): Promise<InstalledKedge> {
  const system = await startSystemd({ units: options.units ?? {} });
  const path = (inside: string) => join(`/proc/${system.pid}/root`, inside);
  const sh = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await system.run(['sh', '-euc', line]);
    if (code !== 0) throw new Error(`${line}: ${stderr}`);
    return stdout;
  };
  const override = async (lines: string): Promise<void> => {
    const drop = path(`/etc/systemd/system/${ownUnit}.d`);
    mkdirSync(drop, { recursive: true });
    writeFileSync(join(drop, '90-test.conf'), `[Service]\n${repositoryIsSeen()}${lines}\n`);
    await sh('systemctl daemon-reload');
  };
  const installed: InstalledKedge = {
    system,
    path,
    sh,
    override,
    show: async (property, unit = ownUnit) =>
      (await sh(`systemctl show --value -p ${property} -- ${unit}`)).trim(),
    session: async () => await openSession(path('/run/kedge/kedge.sock')),
    [Symbol.asyncDispose]: async () => await system[Symbol.asyncDispose](),
  };
  try {
    await install(installed, options);
  } catch (error) {
    await system[Symbol.asyncDispose]();
    throw error;
  }
  return installed;
}

async function install(kedge: InstalledKedge, options: InstalledOptions): Promise<void> {
  const { sh, path } = kedge;
  // A file of an overlay may have another device than its folder, as if it were mounted there.
  await sh(`mount -t tmpfs tmpfs /srv; useradd -r clinic; mkdir -p ${clinic.uploads}`);
  await sh(`cd ${folder}; ${options.data}\nchown -R clinic:clinic ${folder}`);
  const config = Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: {
      database: { engine: 'sqlite', path: clinic.database },
      uploads: { engine: 'files', path: clinic.uploads },
    },
    stores: { local: { kind: 'local', path: store } },
    ...options.config,
  });
  await sh(`mkdir -p ${store} /etc/kedge`);
  writeFileSync(path('/etc/kedge/kedge.jsonc'), JSON.stringify(config));
  await initStore('local', { kind: 'local', path: path(store) });
  await sh(`chown -R kedge:kedge ${store} /etc/kedge; chmod 700 ${store}`);
  writeProgram(path('/usr/local/bin/kedge'));
  const access = await lookAtSources(
    outside(config, path).sources,
    await userOf(kedge),
    AbortSignal.timeout(10_000),
  );
  const order = { config, user: 'kedge', groups: ['systemd-journal'], access };
  for (const file of unitFiles({ ...order, program: '/usr/local/bin/kedge' })) {
    mkdirSync(path(join(file.path, '..')), { recursive: true });
    writeFileSync(path(file.path), file.text);
  }
  const units = [ownUnit, ...Object.keys(options.units ?? {}), ...configuredUnits(config)];
  writeFileSync(path('/etc/polkit-1/rules.d/50-kedge.rules'), polkitRule('kedge', units));
  await kedge.override('');
}

/** The launcher of a release, for what the tests build. */
function writeProgram(file: string): void {
  const program = builtProgram('main');
  writeFileSync(file, `#!/bin/sh\nexec ${process.execPath} --max-semi-space-size=1 ${program}\n`);
  chmodSync(file, 0o755);
}

async function userOf({ sh }: InstalledKedge) {
  const uid = Number(await sh('id -u kedge'));
  return { uid, gids: new Set((await sh('id -G kedge')).trim().split(' ').map(Number)) };
}

/** The same configuration with its sources as seen from outside. */
function outside(config: Config, path: (inside: string) => string): Config {
  const text = JSON.stringify(config).replaceAll('"/srv/', `"${path('/srv/')}`);
  return Config.parse(JSON.parse(text));
}

/** A unit's own view has no homes; the sources of a developer may lie in one. */
function repositoryIsSeen(): string {
  return /^\/(home|root)\//.test(import.meta.dirname) ? 'ProtectHome=no\n' : '';
}

/** Waits until the unit has come to this state. */
export async function unitIs(kedge: InstalledKedge, state: string, unit = ownUnit): Promise<void> {
  await until(async () => (await kedge.show('ActiveState', unit)) === state, 30_000);
}
