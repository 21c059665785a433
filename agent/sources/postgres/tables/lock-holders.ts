import { KedgeError } from '../../../../protocol/failures.ts';
import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import { readForeignKeys } from './foreign-keys.ts';
import { readLiveTables } from './live-tables.ts';

/** lock_not_available: it was waited for long enough. */
const notAvailable = '55P03';

/** Who has one of the tables, or one that they refer to, where an exchange failed for that. */
export async function namingHolders(
  error: unknown,
  session: SqlSession,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof SqlError) || error.code !== notAvailable) return error;
  await session.query('ROLLBACK', signal);
  const live = await readLiveTables(session, signal);
  const oids = tables.flatMap((table) => live.get(table)?.oid ?? []);
  if (oids.length === 0) return error;
  const keys = await readForeignKeys(session, oids, signal);
  const others = keys.flatMap(({ from, to }) => [from, to].flatMap(({ parts }) => parts));
  const all = [...oids, ...others.map(({ oid }) => oid)].join(', ');
  const found = await session.query(holdersSql(all), signal);
  const who = found.map(({ holder }) => holder).join(', ');
  const what = `exchanging the tables ${tables.join(', ')}`;
  const why = who === '' ? 'somebody held one of them' : `one of them is held by ${who}`;
  return new KedgeError('busy', { what, why }, { cause: error });
}

/** A prepared transaction has no process. */
const holdersSql = (oids: string): string => `SELECT DISTINCT
    coalesce('"' || coalesce(nullif(a.application_name, ''), 'a client') || '" (pid ' || l.pid || ', user ' || a.usename || ')',
      'a prepared transaction') AS holder
  FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
  WHERE l.granted AND l.relation IN (${oids}) AND l.pid IS DISTINCT FROM pg_backend_pid()
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
