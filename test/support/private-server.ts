import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Database servers refuse to run as root. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const as = isRoot ? { uid: nobody, gid: nobody } : {};

/** A database server of a test's own, in a folder of its own, that runs as an unprivileged user. */
export interface PrivateServer extends AsyncDisposable {
  readonly folder: string;
  readonly socket: string;
  readonly port: number;
  /** The certificate that it shows. */
  readonly certificate: string;
  start(): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** A command that runs it as such a user, for those that start it themselves. */
export function asServerUser(argv: readonly string[]): readonly string[] {
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  return isRoot ? ['/usr/bin/setpriv', ...user, ...argv] : argv;
}

/** In the system's folder for temporary files: the path of a socket has an end. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `kedge-${name}-`));
  chmodSync(folder, 0o755);
  own(folder);
  return folder;
}

export function own(path: string): void {
  if (isRoot) chownSync(path, nobody, nobody);
}

const maxBuffer = 1 << 30;

/** Runs a command as the server's user; throws what it printed where it fails. */
export function runAs(folder: string, argv: readonly string[], input = ''): string {
  const [command = '', ...args] = argv;
  const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C' };
  const ended = spawnSync(command, args, {
    ...as,
    env,
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer,
  });
  if (ended.status === 0) return ended.stdout;
  throw new Error(`${command}: ${ended.error?.message ?? ''} ${ended.stderr} ${ended.stdout}`);
}

/** For 127.0.0.1, signed by itself; the key beside it. */
export function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const whose = ['-subj', '/CN=database', '-addext', 'subjectAltName=IP:127.0.0.1'];
  runAs(folder, ['openssl', 'req', ...kind, ...whose, '-keyout', key, '-out', certificate]);
  chmodSync(key, 0o600);
  return { certificate, key };
}

/** A server as a child of this process, ready when it has printed so. */
export class ServerChild {
  readonly #folder: string;
  readonly #argv: readonly string[];
  readonly #ready: string;
  #child: ChildProcess | undefined;

  constructor(folder: string, argv: readonly string[], ready: string) {
    this.#folder = folder;
    this.#argv = argv;
    this.#ready = ready;
    process.on('exit', () => this.#child?.kill('SIGKILL'));
  }

  async start(): Promise<void> {
    const [command = '', ...args] = this.#argv;
    const env = { PATH: process.env['PATH'], HOME: this.#folder, LC_ALL: 'C' };
    const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
    const child = spawn(command, args, { ...as, env, cwd: this.#folder, stdio });
    this.#child = child;
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes(this.#ready)) resolve();
      });
      child.on('exit', () => reject(new Error(`${command} ended: ${printed}`)));
    });
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async end(): Promise<void> {
    await this.stop('SIGQUIT');
    await this.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
