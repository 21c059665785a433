import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { literal } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { wordPlace } from './database-place.ts';
import { asking, openSession } from './sessions.ts';

/** After a crash a server needs a while until it lets in. */
const upWithinMs = 30_000;
const lookMs = 100;

/** In no database, of a server that may be on its way up. */
export async function awaitServer(
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  const from = performance.now();
  for (;;) {
    try {
      return await openSession(server, signal);
    } catch (error) {
      const isDown = failureOf(error).code === 'database-unreachable';
      if (!isDown || performance.now() - from > upWithinMs) throw error;
      await wait(lookMs, undefined, { signal });
    }
  }
}

const ownWithinS = 30;
/** Services are down and accounts locked: who still holds a table is no client of theirs, and would hold up all. */
const tableWithinS = 20;

interface Marked {
  readonly server: MariadbSettings;
  /** Of one exchange of one installation. */
  readonly mark?: string | undefined;
}

/**
 * The same for who exchanges what is live, and nobody beside him: a server goes on for a while with what a process
 * asked for that was killed. Only a session of the same exchange is ended, which is one that was lost: who goes on with
 * an exchange has the lock of the job that died. Any other one is waited for, and may be another Kedge at work.
 */
export async function awaitTurn(
  { server, mark }: Marked,
  signal: AbortSignal,
  withinS = ownWithinS,
): Promise<SqlSession> {
  const session = await awaitServer(server, signal);
  const take = async (): Promise<boolean> => {
    await session.query(`SET SESSION lock_wait_timeout = ${tableWithinS}`, signal);
    if (mark !== undefined) await takeMark(session, mark, signal);
    return await getLock(session, lockOf(server), withinS, signal);
  };
  try {
    if (await asking(signal, take())) return session;
    const why = 'another session of Kedge, perhaps of another installation, exchanges it';
    throw new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
  } catch (error) {
    session[Symbol.dispose]();
    throw error;
  }
}

/** One for a database, whoever exchanges it. */
function lockOf({ name }: MariadbSettings): string {
  return `kedge ${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** Taken first: by it who goes on with the same exchange knows the session that was lost. */
async function takeMark(session: SqlSession, mark: string, signal: AbortSignal): Promise<void> {
  const lock = `kedge ${mark}`;
  const [holder] = await session.query(`SELECT IS_USED_LOCK(${literal(lock)}) AS id`, signal);
  // It may be gone by itself.
  if (holder?.['id'])
    await session.query(`KILL ${Number(holder['id'])}`, signal).catch(() => undefined);
  await getLock(session, lock, ownWithinS, signal);
}

async function getLock(
  session: SqlSession,
  lock: string,
  withinS: number,
  signal: AbortSignal,
): Promise<boolean> {
  const [got] = await session.query(`SELECT GET_LOCK(${literal(lock)}, ${withinS}) AS got`, signal);
  return got?.['got'] === '1';
}
