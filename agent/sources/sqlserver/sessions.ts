import { setTimeout as wait } from 'node:timers/promises';
import { failureOf } from '../../../protocol/failures.ts';
import { asking as askingOf, connectFailure } from '../../databases/failures.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { askedSqlserver } from '../../databases/sqlserver/asked-sqlserver.ts';
import { openSession as open, product, whereIs } from '../../databases/sqlserver/open-session.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { master } from '../../databases/sqlserver/sqlserver-server.ts';
import { type AskedServer, whileAnswering } from '../../databases/while-answering.ts';

/** One that takes a connection and says nothing must hold up neither a recovery nor a start. */
const loginWithinMs = 10_000;

/** A session in any database of the server; fails with database-unreachable or database-login-refused. */
export async function openSession(
  server: SqlserverSettings,
  database: string,
  signal: AbortSignal,
  onMessage?: (number: number, text: string) => void,
): Promise<SqlSession> {
  const deadline = AbortSignal.timeout(loginWithinMs);
  const until = AbortSignal.any([signal, deadline]);
  try {
    const session = await open(server, database, until, onMessage);
    await session.query(quiet, until);
    return watched(session, askedSqlserver(server));
  } catch (error) {
    signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    const why = new Error('it does not answer', { cause: error });
    const asked = { product, where: whereIs(server), user: server.user };
    throw connectFailure(asked, why, () => false);
  }
}

/** Its statements end when its server is gone, however long they may take. */
export function watched(session: SqlSession, server: AskedServer): SqlSession {
  return {
    version: session.version,
    query: async (sql, until) =>
      await whileAnswering(server, async (each) => await session.query(sql, each), until),
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** Somebody holds a lock and has gone home: in the end that is an answer. */
const lockWithinMs = 600_000;
/** Others may be ended where two wait for each other. */
const quiet = `SET LOCK_TIMEOUT ${lockWithinMs}; SET DEADLOCK_PRIORITY HIGH`;

/** In the database from which others are renamed. */
export async function openMaster(
  server: SqlserverSettings,
  signal: AbortSignal,
  onMessage?: (number: number, text: string) => void,
): Promise<SqlSession> {
  return await openSession(server, master, signal, onMessage);
}

/** After a crash a server needs a while until it lets in. */
const upWithinMs = 30_000;
const lookMs = 100;

/** The same of a server that may be on its way up. */
export async function awaitMaster(
  server: SqlserverSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  const from = performance.now();
  for (;;) {
    try {
      return await openMaster(server, signal);
    } catch (error) {
      const isDown = failureOf(error).code === 'database-unreachable';
      if (!isDown || performance.now() - from > upWithinMs) throw error;
      await wait(lookMs, undefined, { signal });
    }
  }
}

/** What a server answers to a question of ours, as a failure. */
export async function asking<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return await askingOf(product, signal, work);
}

/** Of a login, or of what failed with its cause: one of these numbers. */
export function hasNumber(error: unknown, ...numbers: readonly string[]): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => each instanceof SqlError && numbers.includes(each.code));
}
