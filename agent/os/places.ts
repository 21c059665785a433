import { homedir } from 'node:os';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';

/** Where everything of one installation lies. All paths absolute. */
export interface Places {
  readonly home: string;
  readonly config: string;
  readonly state: string;
  readonly socket: string;
}

/** Linux takes 107 bytes for a Unix socket path; some of them go to the relays of ssh. */
const socketPathLimit = 100;

/** `KEDGE_HOME` puts all inside it; else those of the unit that this process is, else the XDG folders of the user. */
export function findPlaces(env: NodeJS.ProcessEnv): Places {
  const home = env['KEDGE_HOME'];
  const places =
    home === undefined || home === '' ? (unitPlaces(env) ?? userPlaces(env)) : placesIn(home);
  const bytes = Buffer.byteLength(places.socket);
  if (bytes > socketPathLimit) {
    throw new KedgeError('socket-path-too-long', { path: places.socket, bytes });
  }
  return places;
}

export function placesIn(home: string): Places {
  return {
    home,
    config: join(home, 'kedge.jsonc'),
    state: join(home, 'state'),
    socket: join(home, 'kedge.sock'),
  };
}

const unitHome = '/etc/kedge';

/** systemd names the folders that it made for the unit. Source: systemd.exec(5), StateDirectory. */
function unitPlaces(env: NodeJS.ProcessEnv): Places | undefined {
  const { STATE_DIRECTORY: state, RUNTIME_DIRECTORY: runtime } = env;
  if (!state?.startsWith('/') || !runtime?.startsWith('/')) return undefined;
  return {
    home: unitHome,
    config: join(unitHome, 'kedge.jsonc'),
    state,
    socket: join(runtime, 'kedge.sock'),
  };
}

/** An empty variable is as one that is not set, as the XDG specification has it. */
function userPlaces(env: NodeJS.ProcessEnv): Places {
  const user = homedir();
  const config = join(env['XDG_CONFIG_HOME'] || join(user, '.config'), 'kedge');
  const state = join(env['XDG_STATE_HOME'] || join(user, '.local', 'state'), 'kedge');
  const runtime = env['XDG_RUNTIME_DIR'];
  return {
    home: config,
    config: join(config, 'kedge.jsonc'),
    state,
    socket:
      runtime === undefined || runtime === ''
        ? join(state, 'kedge.sock')
        : join(runtime, 'kedge.sock'),
  };
}
