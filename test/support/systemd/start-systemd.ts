import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { polkitRule } from '../../../agent/services/systemd/polkit-rule.ts';
import { until } from '../until.ts';
import { newCgroup, removeCgroup, removeLeftCgroups } from './cgroup.ts';

const repository = join(import.meta.dirname, '../../..');

export interface SystemdOptions {
  /** Files below /etc/systemd/system: "khost.service", "kdb.service.d/guard.conf". */
  readonly units: Readonly<Record<string, string>>;
  /** Units that the user "kedge" may control. */
  readonly allowed?: readonly string[];
}

/** "outsider": the user kedge without the group that may read the journal. */
export type TestUser = 'root' | 'kedge' | 'outsider';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A real systemd with the bus, the journal and polkit. The network is that of the machine: choose ports per
 * test. The repository and the machine's programs are seen inside at their paths, its folder at /mnt; what is
 * written to the root goes with it.
 */
export interface TestSystemd extends AsyncDisposable {
  /** Of systemd, as seen from outside. */
  readonly pid: number;
  /** Seen from inside as /mnt. */
  readonly folder: string;
  /** argv that runs `argv` inside, for spawn. */
  inside(argv: readonly string[], user?: TestUser): readonly string[];
  run(argv: readonly string[], user?: TestUser): Promise<Ended>;
  /** A folder for the PATH in which systemctl and journalctl act inside, as this user. */
  tools(user?: TestUser): string;
  /** Adds or replaces unit files and has them read. */
  addUnits(units: Readonly<Record<string, string>>): Promise<void>;
}

/** Ready when its default target is reached; 0.3 to 0.7 s. Whatever happens, disposal ends all of it. */
export async function startSystemd(options: SystemdOptions): Promise<TestSystemd> {
  removeLeftCgroups();
  const folder = mkdtempSync(join(tmpdir(), 'kedge-systemd-'));
  writeUnits(join(folder, 'units'), options.units);
  writeFileSync(join(folder, 'rules'), polkitRule('kedge', options.allowed ?? []));
  const cgroup = newCgroup();
  const script = join(import.meta.dirname, 'boot.sh');
  const child = spawn(script, [folder, cgroup, repository], { stdio: ['ignore', 'pipe', 'pipe'] });
  const system = new RunningSystemd(child, folder, cgroup);
  try {
    await system.ready();
  } catch (error) {
    await system[Symbol.asyncDispose]();
    throw error;
  }
  return system;
}

function writeUnits(folder: string, units: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(units)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Never that of the test, in which systemctl may be one that goes inside. */
const insidePath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

class RunningSystemd implements TestSystemd {
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #cgroup: string;
  readonly #exited: Promise<void>;
  #pid = 0;
  #said = '';

  constructor(child: ChildProcess, folder: string, cgroup: string) {
    this.#child = child;
    this.folder = folder;
    this.#cgroup = cgroup;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('close', () => resolve());
    this.#exited = promise;
    const keep = (text: Buffer) => {
      this.#said += text.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  get pid(): number {
    return this.#pid;
  }

  async ready(): Promise<void> {
    await until(() => {
      this.#refuseDead();
      this.#pid = childOf(this.#child.pid ?? 0);
      return this.#pid !== 0 && isSystemd(this.#pid);
    });
    await until(async () => {
      this.#refuseDead();
      return (await this.run(['systemctl', 'is-active', '-q', 'multi-user.target'])).code === 0;
    });
    // No tmpfiles here, which would do this: members of the journal's group may read it.
    const journal = 'chgrp -R systemd-journal /run/log/journal; chmod -R g+rX /run/log/journal';
    await this.run(['sh', '-c', journal]);
  }

  inside(argv: readonly string[], user: TestUser = 'root'): readonly string[] {
    const enter = [
      'nsenter',
      '-t',
      String(this.#pid),
      '-m',
      '-C',
      '-p',
      '-u',
      '-i',
      '--',
      'env',
      insidePath,
    ];
    if (user === 'root') return [...enter, ...argv];
    const groups = user === 'outsider' ? '--clear-groups' : '--init-groups';
    const drop = ['setpriv', '--reuid=kedge', '--regid=kedge', groups, '--'];
    return [...enter, ...drop, ...argv];
  }

  async run(argv: readonly string[], user: TestUser = 'root'): Promise<Ended> {
    const [command = '', ...args] = this.inside(argv, user);
    const { promise, resolve } = Promise.withResolvers<Ended>();
    execFile(command, args, { timeout: 30_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      resolve({ code, stdout, stderr });
    });
    return await promise;
  }

  tools(user: TestUser = 'root'): string {
    const folder = join(this.folder, `tools-${user}`);
    mkdirSync(folder, { recursive: true });
    for (const tool of ['systemctl', 'journalctl']) {
      const argv = this.inside([`/usr/bin/${tool}`], user).join(' ');
      writeFileSync(join(folder, tool), `#!/bin/sh\nPATH=/usr/bin:/bin exec ${argv} "$@"\n`, {
        mode: 0o755,
      });
    }
    return folder;
  }

  async addUnits(units: Readonly<Record<string, string>>): Promise<void> {
    writeUnits(join(this.folder, 'units'), units);
    await this.run(['cp', '-r', '/mnt/units/.', '/etc/systemd/system/']);
    await this.run(['systemctl', 'daemon-reload']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    removeCgroup(this.#cgroup);
    await this.#exited;
    rmSync(this.folder, { recursive: true, force: true });
  }

  #refuseDead(): void {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) return;
    throw new Error(`systemd did not start (${exitCode ?? signalCode}): ${this.#said}`);
  }
}

function childOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  } catch {
    return 0;
  }
}

function isSystemd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'systemd';
  } catch {
    return false;
  }
}
