import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../write-all-the-time.ts', import.meta.url));

/** A process of its own that writes to a database all the time. */
export interface BusyWriter extends AsyncDisposable {
  /** How long each commit since the last call took, ms. */
  latenciesMs(): Promise<readonly number[]>;
}

export async function startWriter(
  database: string,
  transactionsPerSecond: number,
): Promise<BusyWriter> {
  const child = fork(program, [database, String(transactionsPerSecond)], {
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => {
    throw new Error(`the writing process ended with ${code}`);
  });
  failed.catch(() => undefined);
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), failed]);
    return message;
  };
  await answer();
  return {
    async latenciesMs() {
      child.send('how long');
      const latencies = await answer();
      return Array.isArray(latencies) ? latencies.map(Number) : [];
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
