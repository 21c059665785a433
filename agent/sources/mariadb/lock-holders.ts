import { KedgeError } from '../../../protocol/failures.ts';
import type { DatabaseClient } from '../../databases/database-server.ts';
import { openMariadb } from '../../databases/mariadb/mariadb-server.ts';
import { literal } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { wordClient } from '../../databases/word-clients.ts';
import { openSession } from './sessions.ts';

/** Lock wait timeout exceeded. */
const timedOut = '1205';

/** Of what failed as a table was held too long: by whom. */
export async function namingHolders(
  error: unknown,
  what: string,
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<unknown> {
  const cause = error instanceof KedgeError ? error.cause : error;
  if (!(cause instanceof SqlError) || cause.code !== timedOut) return error;
  return await heldFailure(what, server, signal);
}

export async function heldFailure(
  what: string,
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<KedgeError> {
  return new KedgeError('busy', { what, why: await wordHolders(server, signal) });
}

const shownAtMost = 3;

/** A server tells who holds a table only with a plugin of its own, or where it keeps watch over itself. */
async function wordHolders(server: MariadbSettings, signal: AbortSignal): Promise<string> {
  using session = await openSession(server, signal);
  const { clients } = await openMariadb(server).clients(signal);
  const known = await holdersIn(session, server.name, signal);
  const holders = clients.filter(({ pid }) => known.has(pid));
  const named = (all: readonly DatabaseClient[]): string =>
    all.slice(0, shownAtMost).map(wordClient).join('; ') +
    (all.length > shownAtMost ? ` and ${all.length - shownAtMost} more` : '');
  if (holders.length > 0) return `one of its tables is held by ${named(holders)}`;
  if (clients.length === 0) return 'somebody holds one of its tables who is not to be seen';
  return `one of its tables is held, by one of these: ${named(clients)}`;
}

async function holdersIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const name = literal(database);
  for (const sql of [
    `SELECT DISTINCT thread_id AS id FROM information_schema.metadata_lock_info WHERE table_schema = ${name}`,
    `SELECT DISTINCT t.processlist_id AS id FROM performance_schema.metadata_locks m
       JOIN performance_schema.threads t ON t.thread_id = m.owner_thread_id
     WHERE m.object_schema = ${name} AND m.lock_status = 'GRANTED'`,
  ]) {
    const rows = await session.query(sql, signal).catch((error: unknown) => {
      if (error instanceof SqlError) return [];
      throw error;
    });
    if (rows.length > 0) return new Set(rows.map(({ id }) => Number(id)));
  }
  return new Set();
}
