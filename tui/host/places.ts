import { once } from 'node:events';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';

/** Where a Kedge of this user's choice lies: its socket, and the folder of its log. */
export interface Place {
  readonly socket: string;
  readonly state: string;
}

/** Of an installed Kedge. */
export const serviceSocket = '/run/kedge/kedge.sock';
/** The last two are where operators and viewers of an installed Kedge come in by custom. */
const serviceSockets = [serviceSocket, '/run/kedge/operator.sock', '/run/kedge/viewer.sock'];
/** As the daemon has it: Linux takes 107 bytes for a Unix socket path, some go to the relays of ssh. */
const socketPathLimit = 100;

/** All below one folder, as with KEDGE_HOME. */
export function placeIn(home: string): Place {
  return checked({ socket: join(home, 'kedge.sock'), state: join(home, 'state') });
}

/** The place of a Kedge that this user starts: KEDGE_HOME, else the XDG folders. */
export function userPlace(env: NodeJS.ProcessEnv): Place {
  const home = env['KEDGE_HOME'];
  if (home !== undefined && home !== '') return placeIn(home);
  const state = join(stateFolder(env), 'kedge');
  const runtime = env['XDG_RUNTIME_DIR'];
  const socket = join(runtime || state, 'kedge.sock');
  return checked({ socket, state });
}

/** Where the demo lives: KEDGE_DEMO_HOME, else a folder of its own beside the user's state. */
export function demoHome(env: NodeJS.ProcessEnv): string {
  const home = env['KEDGE_DEMO_HOME'];
  return home === undefined || home === '' ? join(stateFolder(env), 'kedge-demo') : home;
}

/**
 * The socket to use: what was named, else KEDGE_HOME's, else the first of the user's and the
 * service's where somebody listens and this user may come in, else the user's.
 */
export async function findSocket(
  named: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (named !== undefined) return named;
  const user = userPlace(env).socket;
  const home = env['KEDGE_HOME'];
  if (home !== undefined && home !== '') return user;
  for (const socket of [user, ...serviceSockets]) if (await listens(socket)) return socket;
  return user;
}

const probeTimeoutMs = 2_000;

/** Whether somebody takes connections there. */
export async function listens(socket: string): Promise<boolean> {
  const connection = createConnection(socket);
  try {
    await once(connection, 'connect', { signal: AbortSignal.timeout(probeTimeoutMs) });
    return true;
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

function stateFolder(env: NodeJS.ProcessEnv): string {
  return env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
}

function checked(place: Place): Place {
  const bytes = Buffer.byteLength(place.socket);
  if (bytes <= socketPathLimit) return place;
  throw new KedgeError('socket-path-too-long', { path: place.socket, bytes });
}
