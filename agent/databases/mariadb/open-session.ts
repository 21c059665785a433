import { resolveSecret } from '../../os/resolve-secret.ts';
import { connectFailure, productIn } from '../failures.ts';
import { reachOf } from '../place-of.ts';
import type { SqlError, SqlSession } from '../sql-session.ts';
import { connectMariadb } from './connect.ts';
import { likelyProduct } from './product.ts';
import type { MariadbSettings } from './settings.ts';

/** Where Debian's package has it. */
export const usualPlace = { socket: '/run/mysqld/mysqld.sock', port: 3306 };
/** Of whole servers, which are MariaDB's only. */
export const product = 'MariaDB';

/** A session in a database of the server, or in none; fails with database-unreachable or database-login-refused. */
export async function openMariadbSession(
  settings: MariadbSettings,
  signal: AbortSignal,
  database?: string,
): Promise<SqlSession> {
  const { user } = settings;
  const { where, ...reach } = reachOf(settings, usualPlace);
  const chosen = database === undefined ? {} : { database };
  try {
    const password =
      settings.password === undefined ? undefined : await resolveSecret(settings.password);
    return await connectMariadb({ ...reach, user, password, ...chosen }, signal);
  } catch (error) {
    signal.throwIfAborted();
    const product = productIn(error) ?? likelyProduct(reach);
    throw connectFailure({ product, where, user }, error, isRefusal);
  }
}

/** Access denied, to the database, no such database, by its socket, from this host, account locked. */
const refusals: ReadonlySet<string> = new Set([
  '1045',
  '1044',
  '1049',
  '1698',
  '1130',
  '4151',
  '3118',
]);

function isRefusal({ code }: SqlError): boolean {
  return refusals.has(code);
}
