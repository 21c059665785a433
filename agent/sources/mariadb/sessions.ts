import { KedgeError } from '../../../protocol/failures.ts';
import { asking as askingOf, connectFailure } from '../../databases/failures.ts';
import { askedMariadb } from '../../databases/mariadb/asked-mariadb.ts';
import { openMariadbSession, usualPlace } from '../../databases/mariadb/open-session.ts';
import { likelyProduct, productOf } from '../../databases/mariadb/product.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { reachOf } from '../../databases/place-of.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { type AskedServer, whileAnswering } from '../../databases/while-answering.ts';
import { isOlder } from './older.ts';

/** One that takes a connection and says nothing must hold up neither a recovery nor a start. */
const loginWithinMs = 10_000;

/** A session in a database of the server, or in none; fails with database-unreachable or database-login-refused. */
export async function openSession(
  server: MariadbSettings,
  signal: AbortSignal,
  database?: string,
): Promise<SqlSession> {
  const deadline = AbortSignal.timeout(loginWithinMs);
  const until = AbortSignal.any([signal, deadline]);
  try {
    const session = await openMariadbSession(server, until, database);
    await asking(until, makeQuiet(session, until));
    return watched(session, askedMariadb(server, productOf(session)));
  } catch (error) {
    signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    const reach = reachOf(server, usualPlace);
    const product = likelyProduct(reach);
    const why = new Error('it does not answer', { cause: error });
    throw connectFailure({ product, where: reach.where, user: server.user }, why, () => false);
  }
}

async function makeQuiet(session: SqlSession, signal: AbortSignal): Promise<void> {
  try {
    refuseTooOld(session);
    for (const sql of quiet(session)) await session.query(sql, signal);
  } catch (error) {
    session[Symbol.dispose]();
    throw error;
  }
}

/** Without a limit for statements, accounts that can be locked, or questions that Kedge asks. */
export function refuseTooOld({ version }: Pick<SqlSession, 'version'>): void {
  const product = productOf({ version });
  const oldest = product === 'MySQL' ? '5.7' : '10.3';
  const number = numberOf(version);
  if (!isOlder(number, oldest)) return;
  const why = `this is ${product} ${number}, and ${oldest} or newer is needed`;
  throw new KedgeError('database-failed', { product, why });
}

/** Its statements end when its server is gone, however long they may take. */
function watched(session: SqlSession, server: AskedServer): SqlSession {
  return {
    version: session.version,
    query: async (sql, until) =>
      await whileAnswering(server, async (each) => await session.query(sql, each), until),
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** Somebody rebuilds a table, or has left a transaction open: in the end that is an answer. */
export const lockWithinS = 600;
/** A dump may keep it idle for as long. */
const idleS = 2_000_000;

/** Settings of the server are made for its application, not for what takes hours. */
function quiet(session: SqlSession): readonly string[] {
  const statement = isMysql(session) ? 'max_execution_time' : 'max_statement_time';
  return [
    `SET SESSION lock_wait_timeout = ${lockWithinS}, wait_timeout = ${idleS}, ${statement} = 0`,
    'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE',
  ];
}

/** MySQL of Oracle, or what says that it is none of MariaDB. */
export function isMysql(session: Pick<SqlSession, 'version'>): boolean {
  return productOf(session) === 'MySQL';
}

/** "10.11.19-MariaDB-0+deb12u1" */
export function numberOf(version: string): string {
  return version.split('-')[0] ?? version;
}

/** What a server answers to a question of ours, as a failure. Its sessions say in their errors which product it is. */
export async function asking<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return await askingOf('MariaDB', signal, work);
}

/** Of a login: the database is not there. */
export function isNoDatabase(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof SqlError && cause.code === '1049';
}
