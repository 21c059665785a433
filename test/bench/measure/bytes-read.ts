import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Counts, by strace, what a process and those it starts read of one file. */
export interface BytesRead extends AsyncDisposable {
  /** Ends the counting. */
  bytes(): Promise<number>;
}

/** `log` is a file of its own for a while. */
export async function countBytesRead(pid: number, file: string, log: string): Promise<BytesRead> {
  const filter = ['-e', 'trace=read,pread64,readv,preadv,copy_file_range,mmap', '-P', file];
  const child = spawn('strace', ['-f', ...filter, '-o', log, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const attached = once(createInterface({ input: child.stderr }), 'line');
  await Promise.race([
    attached,
    exited.then(() => Promise.reject(new Error('strace could not follow Kedge'))),
  ]);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await exited;
  };
  return {
    async bytes() {
      await stop();
      return sumOf(readFileSync(log, 'utf8'));
    },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(log, { force: true });
    },
  };
}

/** What each call answered: `... = 4096`, also where another's output split it in two. */
function sumOf(log: string): number {
  const answers = log.matchAll(/(?:read|readv|pread64|preadv|copy_file_range)\b.* = (\d+)$/gm);
  return [...answers].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}
