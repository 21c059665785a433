import { isIP } from 'node:net';
import type { ConnectionSettings } from './connection-settings.ts';
import type { ServerPlace } from './server-socket.ts';

const thisMachine = 'localhost';

export interface Reach {
  readonly place: ServerPlace;
  readonly tls?: { readonly ca?: string };
  readonly isLocal: boolean;
  /** For the eye: "/run/mysqld/mysqld.sock", "db.example:5432". */
  readonly where: string;
}

/** How a server is reached: over its socket unless a host is named, with TLS unless that is this machine. */
export function reachOf(
  settings: ConnectionSettings,
  usual: { readonly socket: string; readonly port: number },
): Reach {
  const { host, port = usual.port, socket = usual.socket } = settings;
  if (host === undefined)
    return { place: { socket, host: thisMachine, port }, isLocal: true, where: socket };
  const isLocal = isThisMachine(host);
  const { tls = !isLocal } = settings;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const place = { host, port };
  return tls === false
    ? { place, isLocal, where }
    : { place, isLocal, where, tls: tls === true ? {} : tls };
}

export function isThisMachine(host: string | undefined): boolean {
  if (host === undefined) return true;
  return host === thisMachine || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
