import { resolveSecret } from '../../os/resolve-secret.ts';
import { connectFailure } from '../failures.ts';
import { reachOf } from '../place-of.ts';
import type { SqlError, SqlSession } from '../sql-session.ts';
import { connectSqlserver, type SqlserverLogin } from './connect.ts';
import { findInstance } from './find-instance.ts';
import type { SqlserverSettings } from './settings.ts';

export const product = 'SQL Server';
export const usualPort = 1433;

type Connection = Omit<SqlserverSettings, 'name' | 'engine'>;

/** For the eye: "localhost:1433", "db.example\SALES". */
export function whereIs(server: Connection): string {
  const { host = 'localhost', port = usualPort, instance } = server;
  const shown = host.includes(':') ? `[${host}]` : host;
  return instance !== undefined && server.port === undefined
    ? `${shown}\\${instance}`
    : `${shown}:${port}`;
}

/** A session in a database of the server; fails with database-unreachable or database-login-refused. */
export async function openSession(
  server: Connection,
  database: string,
  signal: AbortSignal,
  onMessage?: SqlserverLogin['onMessage'],
): Promise<SqlSession> {
  const { user, tls, host = 'localhost', instance } = server;
  try {
    const port = await portOf({ ...server, host, instance }, signal);
    const { where: _, ...reach } = reachOf({ user, tls, name: database, host, port }, usual);
    const password = await resolveSecret(server.password);
    const more = onMessage === undefined ? {} : { onMessage };
    return await connectSqlserver({ ...reach, user, password, database, ...more }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw connectFailure({ product, where: whereIs(server), user }, error, isRefusal);
  }
}

/** It has no socket. */
const usual = { socket: '', port: usualPort };

async function portOf(
  { host, port, instance }: Pick<Connection, 'port' | 'instance'> & { readonly host: string },
  signal: AbortSignal,
): Promise<number> {
  if (port !== undefined || instance === undefined) return port ?? usualPort;
  return await findInstance({ host, instance }, signal);
}

/** Login failed, in all its kinds; the database can't be opened by it. */
const refusals: ReadonlySet<string> = new Set([
  '18456',
  '18452',
  '18470',
  '18486',
  '18487',
  '18488',
  '4060',
  '916',
]);

function isRefusal({ code }: SqlError): boolean {
  return refusals.has(code);
}
