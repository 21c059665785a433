import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { KedgeError } from '../../../protocol/failures.ts';
import { withoutCapabilities } from '../../os/capabilities.ts';
import { asServerUser } from './server-user.ts';

/**
 * PostgreSQL without a server: one process that takes a statement a line and is gone with whoever writes to it, so that a
 * demo that is cut off while it is made leaves nothing running. Source: PostgreSQL manual, postgres, "Single-User Mode".
 */
export class SingleUserServer implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, null, Readable>;
  readonly #exit: Promise<unknown>;
  #printed = '';

  constructor(bin: string, data: string, database: string) {
    const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_wal_size=1GB'];
    const words = ['--single', '-D', data, ...fast, '-c', 'log_checkpoints=off', database];
    const [program = '', ...args] = withoutCapabilities(
      asServerUser([join(bin, 'postgres'), ...words]),
    );
    const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
    this.#child = spawn(program, args, { cwd: '/', env, stdio: ['pipe', 'ignore', 'pipe'] });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
    });
    this.#exit = once(this.#child, 'exit').catch((error: unknown) => {
      this.#printed += `FATAL:  ${String(error)}`;
    });
  }

  /** What a statement does wrong is thrown by a later one, or at the end. */
  async run(statement: string): Promise<void> {
    this.#refuseWrong();
    const { stdin } = this.#child;
    if (!stdin.write(`${statement}\n`))
      await Promise.race([once(stdin, 'drain').catch(() => undefined), this.#exit]);
  }

  /** Waits until all is done. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#exit;
    this.#refuseWrong();
    if (this.#child.exitCode !== 0) throw failed(this.#printed.trim());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.destroy();
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.#exit;
  }

  #refuseWrong(): void {
    const [wrong] = /^.*\b(?:ERROR|FATAL|PANIC): .*$/m.exec(this.#printed) ?? [];
    if (wrong !== undefined) throw failed(wrong);
  }
}

function failed(why: string): KedgeError {
  return new KedgeError('unavailable', { what: 'the demo with PostgreSQL', why });
}
