import { createInterface } from 'node:readline/promises';

/** So that what was printed can be read before the window covers it. Ctrl+C and Ctrl+D will do too. */
export async function waitForEnter(question: string): Promise<void> {
  using lines = createInterface({ input: process.stdin, output: process.stderr });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  lines.once('SIGINT', () => resolve());
  lines.once('close', () => resolve());
  await Promise.race([lines.question(question), closed]);
}
