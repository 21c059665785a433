import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { relayGreeting } from './ssh/relay-greeting.ts';

/** The two ends of a program's pipes. */
export interface Pipes {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Passes bytes between the pipes and a socket until either side ends. Rejects with the system's error when nobody
 * listens there; before that nothing was written.
 */
export async function relayTo(socket: string, { input, output }: Pipes): Promise<void> {
  const far = createConnection({ path: socket, allowHalfOpen: true });
  await once(far, 'connect');
  output.write(`${relayGreeting}\n`);
  const ended = Promise.withResolvers<void>();
  const end = (): void => ended.resolve();
  // Whichever side goes in whatever way: there is nobody left to tell.
  for (const stream of [input, output, far]) stream.on('error', end);
  far.on('end', end);
  input.pipe(far);
  far.pipe(output, { end: false });
  await ended.promise;
  input.unpipe(far);
  input.destroy();
  far.destroy();
  await written(output);
}

/** What was piped into it has left this program, or can't any more. */
async function written(output: Writable): Promise<void> {
  if (!output.writable) return;
  await new Promise<void>((resolve) => {
    output.write('', () => resolve());
  });
}
