import { createInterface as createPlain, type Interface } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { KedgeError } from '../../protocol/failures.ts';
import type { Terminal } from './terminal.ts';

/** Asks on the terminal without showing what is typed; from a pipe it takes line after line. */
export function createSecretAsker(): Terminal['askSecret'] {
  let piped: AsyncIterator<string> | undefined;
  return async (question, signal) => {
    if (process.stdin.isTTY === true) return await askHidden(question, signal);
    piped ??= linesOf(createPlain({ input: process.stdin }));
    process.stdin.ref?.();
    const line = await piped.next();
    // Who gave the line may keep the pipe open; that is nothing to wait for. A file has no such thing.
    process.stdin.unref?.();
    return line.done === true ? undefined : line.value;
  };
}

function linesOf(lines: Interface): AsyncIterator<string> {
  return lines[Symbol.asyncIterator]();
}

async function askHidden(question: string, signal: AbortSignal): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  using lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const { promise: left, resolve, reject } = Promise.withResolvers<undefined>();
  lines.once('SIGINT', () => reject(new KedgeError('cancelled')));
  lines.once('close', () => resolve(undefined));
  process.stderr.write(question);
  try {
    return await Promise.race([lines.question('', { signal }), left]);
  } finally {
    process.stderr.write('\n');
  }
}
