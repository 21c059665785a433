import type { Dial } from '../host/connection.ts';
import { findSocket } from '../host/places.ts';
import { findServer } from '../host/ssh/find-server.ts';
import { openSsh } from '../host/ssh/open-ssh.ts';
import type { Server } from '../host/ssh/server.ts';
import type { Globals } from './parsed.ts';
import type { Terminal } from './terminal.ts';

/** How a Kedge is reached. */
export interface Reach {
  /** With `dial` only a name for it, for messages. */
  readonly socket: string;
  readonly dial?: Dial | undefined;
  /** Its name, where it is another machine. */
  readonly server?: string;
}

/** The Kedge that a command line means, on this machine or on another one. */
export async function findReach(globals: Globals, terminal: Terminal): Promise<Reach> {
  const server = serverOf(globals, terminal.env);
  if (server === undefined) return { socket: await findSocket(globals.socket, terminal.env) };
  return { socket: server.name, server: server.name, dial: dialServer(server, terminal) };
}

/** Undefined: this machine. */
export function serverOf(globals: Globals, env: NodeJS.ProcessEnv): Server | undefined {
  return globals.server === undefined ? undefined : findServer(globals.server, globals, env);
}

/** On a command line the terminal is free for what ssh asks, each time. */
function dialServer(server: Server, { env, err, stdinIsTty, stderrIsTty }: Terminal): Dial {
  const questions = stdinIsTty || stderrIsTty;
  return async (signal) =>
    await openSsh({ server, questions, environment: env, stderr: err }, signal);
}
