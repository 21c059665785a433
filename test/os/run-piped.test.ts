import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPiped } from '../../agent/os/run-piped.ts';
import { until } from '../support/until.ts';

const never = new AbortController().signal;
const mebibyte = 1 << 20;

/** All in the same memory, as those of an archive may be. */
async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(mebibyte);
  for (let piece = 0; piece < count; piece += 1) yield memory.fill(piece);
}

test('what a program reads and prints passes through it whole, as fast as it is taken', async () => {
  const taken: number[] = [];
  const order = {
    argv: ['cat'],
    input: pieces(5),
    onOutput: async (bytes: Buffer) => {
      await Promise.resolve();
      for (const byte of bytes) taken[byte] = (taken[byte] ?? 0) + 1;
    },
  };
  expect(await runPiped(order, never)).toEqual({ output: '' });
  expect(taken).toEqual([mebibyte, mebibyte, mebibyte, mebibyte, mebibyte]);
});

test('a program that fails is told with its own last words, whatever it left unread', async () => {
  const argv = ['sh', '-c', 'echo one >&2; echo two >&2; exit 3'];
  expect(await runPiped({ argv, input: pieces(3), lines: 2 }, never)).toEqual({
    problem: 'it ended with exit code 3',
    output: 'one\ntwo',
  });
  const missing = await runPiped({ argv: ['/no/such/program'] }, never);
  expect(`${missing.problem}: ${missing.output}`).toMatch(/ENOENT|No such file/);
});

test('what goes wrong with its input or output, or a cancel, ends it and is what is thrown', async () => {
  const argv = ['sh', '-c', 'while :; do echo on; sleep 0.01; done'];
  const onOutput = async () => {
    throw new Error('no room');
  };
  await expect(runPiped({ argv, onOutput }, never)).rejects.toThrow('no room');
  // biome-ignore lint/correctness/useYield: it fails before it has anything.
  const input = (async function* (): AsyncGenerator<Uint8Array> {
    throw new Error('damaged');
  })();
  await expect(runPiped({ argv: ['sleep', '60'], input }, never)).rejects.toThrow('damaged');
  const stop = new AbortController();
  const stopping = async () => stop.abort(new Error('enough'));
  await expect(runPiped({ argv, onOutput: stopping }, stop.signal)).rejects.toThrow('enough');
});

test('a program ends with the process that runs it, also when that is killed', async () => {
  const path = join(import.meta.dirname, '../../agent/os/run-piped.ts');
  const script = `const { runPiped } = await import(${JSON.stringify(path)});
    const argv = ['sh', '-c', 'echo $$; exec sleep 60'];
    const onOutput = async (bytes) => void process.stdout.write(bytes);
    await runPiped({ argv, onOutput }, new AbortController().signal);`;
  const job = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(job.stdout, 'data');
  const program = `/proc/${Number(String(pid))}`;
  expect(existsSync(program)).toBe(true);
  job.kill('SIGKILL');
  await until(() => !existsSync(program));
});
