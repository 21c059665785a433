import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { asServerUser, own, runAs, serverFolder } from './private-server.ts';
import { missing } from './require-tool.ts';
import { freePort } from './service-fixture.ts';
import { mayMount } from './test-with-mounts.ts';

const program = '/usr/sbin/sshd';
const main = fileURLToPath(new URL('../../tui/main.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
/** Who logs in where the tests run as root. */
const rootsUser = 'kedge-test';

/** Whether one can be started here. */
export const hasSshd = existsSync(program) && (!isRoot || (mayHideUsers() && othersMayRead()));

/** `test` for what logs in to an sshd of the test's own. */
export const testWithSshd: typeof test | typeof test.skip = hasSshd ? test : withoutSshd();

function withoutSshd(): typeof test.skip {
  return existsSync(program) ? test.skip : missing('openssh-server');
}

/** Its list of users is mounted where only this sshd sees it; where CI=true that must work. */
function mayHideUsers(): boolean {
  if (mayMount()) return true;
  if (process.env['CI'] !== 'true') return false;
  throw new Error('tests of ssh need "unshare -m", which does not work here');
}

function othersMayRead(): boolean {
  const [command = '', ...args] = asServerUser(['test', '-r', main]);
  if (spawnSync(command, args).status === 0) return true;
  process.stderr.write('SKIPPED: tests of ssh, as other users can not read this folder\n');
  return false;
}

/** An sshd on a free port of 127.0.0.1 that runs as the user who logs in, and who is not root. */
export interface TestSshd extends AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  /** `user@127.0.0.1:port`. */
  readonly address: string;
  /** Options of `kedge` that let it in, and with which it finds the Kedge of this test run there. */
  readonly words: readonly string[];
  /** What `words` has for the known hosts. */
  readonly knownHosts: string;
  /** A line for it. */
  readonly hostKey: string;
}

/** `remoteKedge`: how kedge is called there; else the client of these sources is. */
export async function startSshd(
  remoteKedge = `'${process.execPath}' '${main}'`,
): Promise<TestSshd> {
  const folder = serverFolder('sshd');
  const at = (name: string): string => join(folder, name);
  for (const name of ['host', 'identity'])
    runAs(folder, ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  const port = await freePort();
  writeFileSync(at('authorized_keys'), readFileSync(at('identity.pub')));
  writeFileSync(at('config'), configuration(folder, port));
  const child = await startAsUser(folder);
  const hostKey = `[127.0.0.1]:${port} ${readFileSync(at('host.pub'), 'utf8')}`;
  const knownHosts = at('known_hosts');
  writeFileSync(knownHosts, hostKey);
  // ssh takes only a key that is its own user's.
  const identity = at('own-identity');
  writeFileSync(identity, readFileSync(at('identity')), { mode: 0o600 });
  const options = [
    `IdentityFile=${identity}`,
    'IdentitiesOnly=yes',
    `UserKnownHostsFile=${knownHosts}`,
  ];
  return {
    folder,
    port,
    address: `${isRoot ? rootsUser : userInfo().username}@127.0.0.1:${port}`,
    words: [
      ...options.flatMap((option) => ['--ssh-option', option]),
      '--remote-kedge',
      remoteKedge,
    ],
    knownHosts,
    hostKey,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      if (child.kill()) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number): string {
  const path = process.env['PATH'];
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv PATH=${path}
`;
}

/** Its user must be able to log in: for "nobody" there is a shell in a list of users that only this sshd sees. */
async function startAsUser(folder: string): Promise<ChildProcess> {
  // Where the tests are killed, the kernel ends it.
  const untilParentEnds = ['setpriv', '--pdeathsig', 'TERM'];
  const sshd = asServerUser([
    ...untilParentEnds,
    program,
    '-D',
    '-e',
    '-f',
    join(folder, 'config'),
  ]);
  const users = join(folder, 'passwd');
  const script = 'mount --bind "$1" /etc/passwd && shift && exec "$@"';
  if (isRoot) writeFileSync(users, usersWithShell(folder), { mode: 0o644 });
  const alone = isRoot ? ['unshare', '-m', 'sh', '-c', script, 'sh', users] : [];
  const [command = '', ...args] = [...alone, ...sshd];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  let printed = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    printed += `${line}\n`;
    if (line.startsWith('Server listening on')) resolve();
  });
  child.on('exit', () => reject(new Error(`sshd ended: ${printed}`)));
  await ready;
  return child;
}

/** By another name: an account called "nobody" counts as locked. */
function usersWithShell(folder: string): string {
  return `${rootsUser}:*:65534:65534::${folder}:/bin/sh\n${readFileSync('/etc/passwd', 'utf8')}`;
}

/** Gives all below a folder to the user who logs in. */
export function giveToUser(folder: string): void {
  own(folder);
  for (const entry of readdirSync(folder, { recursive: true })) own(join(folder, String(entry)));
}

/** The running ssh programs that lead to a port. */
export function sshProgramsTo(port: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => wordsOf(pid).join(' ').includes(`-p ${port} `)).map(Number);
}

/** Of the sh before it, which becomes it, none. */
function wordsOf(pid: string): readonly string[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[0]?.endsWith('ssh') === true ? words : [];
  } catch {
    return [];
  }
}
