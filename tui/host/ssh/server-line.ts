import type { Duplex } from 'node:stream';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Dial } from '../connection.ts';
import { openSsh } from './open-ssh.ts';
import type { Server } from './server.ts';

/** The line of a window to a server. */
export interface ServerLine {
  /** Without questions, unless what was asked for is there or on its way. */
  readonly dial: Dial;
  /** Connects while the terminal is free for what ssh asks; the next `dial` takes what came of it. */
  ask(signal: AbortSignal): Promise<void>;
}

export function serverLine(
  server: Server,
  environment: NodeJS.ProcessEnv,
  stderr: (text: string) => void,
): ServerLine {
  let asked: Promise<Duplex> | undefined;
  let quiet = new AbortController();
  const open = async (questions: boolean, signal: AbortSignal): Promise<Duplex> =>
    await openSsh({ server, questions, environment, stderr }, signal);
  return {
    async dial(signal) {
      const taken = asked;
      asked = undefined;
      if (taken !== undefined) {
        const stream = await taken;
        // It may have broken while nobody had taken it.
        if (!stream.destroyed) return stream;
      }
      quiet = new AbortController();
      return await open(false, AbortSignal.any([signal, quiet.signal]));
    },
    async ask(signal) {
      // An attempt that may not ask would only stand in the way.
      quiet.abort(new KedgeError('cancelled'));
      const before = asked;
      const attempt = open(true, signal);
      asked = attempt;
      // Nobody takes it any more.
      void before?.then((stream) => stream.destroy()).catch(() => undefined);
      try {
        await attempt;
      } catch (error) {
        if (asked === attempt) asked = undefined;
        throw error;
      }
    },
  };
}
