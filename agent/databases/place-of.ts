import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
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

/** Where an engine's package has its server. */
export interface UsualPlace {
  readonly socket: string;
  readonly port: number;
  /** Of engines that are told a folder, with its sockets named by their ports: what the names begin with. */
  readonly socketPrefix?: string;
}

/** How a server is reached: over its socket unless a host is named, with TLS unless that is this machine. */
export function reachOf(settings: ConnectionSettings, usual: UsualPlace): Reach {
  const { host, port = usual.port } = settings;
  const socket = socketOf(settings, port, usual);
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

function socketOf(
  { socket }: ConnectionSettings,
  port: number,
  { socket: usual, socketPrefix: prefix }: UsualPlace,
): string {
  if (socket === undefined) return usual;
  return prefix === undefined || !isFolder(socket) ? socket : join(socket, `${prefix}${port}`);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whoever connects says what is the matter with it.
    return false;
  }
}

export function isThisMachine(host: string | undefined): boolean {
  if (host === undefined) return true;
  return host === thisMachine || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
