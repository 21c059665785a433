import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { DatabaseServer, Fence } from '../database-server.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { databaseById, databaseByName } from './databases.ts';
import { openSession, product } from './open-session.ts';
import { identifier } from './quote.ts';
import { endSessions, findSessions } from './sessions.ts';
import type { SqlserverSettings } from './settings.ts';

/** Which is always there, and from which others are closed. */
export const master = 'master';
/** User does not have permission: on a database; to alter one; to set it online. */
const denials: ReadonlySet<string> = new Set(['262', '5011', '15247', '297']);

export function openSqlserver(settings: SqlserverSettings): DatabaseServer {
  const { user, name } = settings;

  const use = async <T>(
    signal: AbortSignal,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    using session = await openSession(settings, master, signal);
    return await work(session).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof KedgeError) throw error;
      throw new KedgeError(
        'database-failed',
        { product, why: errorMessage(error) },
        { cause: error },
      );
    });
  };
  /** What only some may do, with the SQL that lets this user do it. */
  const act = async (session: SqlSession, sql: string, signal: AbortSignal): Promise<void> => {
    await session.query(sql, signal).catch((error: unknown) => {
      if (!(error instanceof SqlError) || !denials.has(error.code)) throw error;
      const grant = `ALTER SERVER ROLE dbcreator ADD MEMBER ${identifier(user)};`;
      const what = `close and open the database "${name}"`;
      throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
    });
  };
  const looked = { name, user };

  return {
    product,
    async ping(signal) {
      try {
        using session = await openSession(settings, name, signal);
        await session.query('SELECT 1 AS one', signal);
        return `${product} ${shortVersion(session)}`;
      } catch (error) {
        signal.throwIfAborted();
        if (!(await isClosed(settings, error, signal))) throw error;
        return `${product}, whose database "${name}" takes no clients,`;
      }
    },
    version: async (signal) => await use(signal, async (session) => shortVersion(session)),
    clients: async (signal) =>
      await use(signal, async (session) => await findSessions(session, looked, signal)),
    disconnect: async (signal) =>
      await use(signal, async (session) => await endSessions(session, looked, signal)),
    planFence: async (signal) =>
      await use(signal, async (session): Promise<Fence | undefined> => {
        const found = await databaseByName(session, name, signal);
        const why = `it has no database "${name}"`;
        if (found === undefined) throw new KedgeError('database-failed', { product, why });
        if (found.state === 'OFFLINE') return undefined;
        return { engine: 'sqlserver', database: name, id: found.id };
      }),
    async shutOut(_fence, signal) {
      // An owner of the database gets past RESTRICTED_USER, and whoever comes first into SINGLE_USER.
      const sql = `ALTER DATABASE ${identifier(name)} SET OFFLINE WITH ROLLBACK IMMEDIATE`;
      await use(signal, async (session) => await act(session, sql, signal));
    },
    async letIn(fence, signal) {
      await use(signal, async (session) => {
        const closed = await closedBy(session, fence, signal);
        if (closed?.state !== 'OFFLINE') return;
        await act(session, `ALTER DATABASE ${identifier(closed.name)} SET ONLINE`, signal);
      });
    },
  };
}

/** By its number where it has another name by now. One that was dropped took the lock with it. */
async function closedBy(session: SqlSession, fence: Fence, signal: AbortSignal) {
  const byNumber =
    fence.engine === 'sqlserver' ? await databaseById(session, fence.id, signal) : undefined;
  return byNumber ?? (await databaseByName(session, fence.database, signal));
}

/** Of a login that was refused: the database is there, and offline. */
async function isClosed(
  settings: SqlserverSettings,
  error: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof SqlError) || cause.code !== '4060') return false;
  using session = await openSession(settings, master, signal);
  return (await databaseByName(session, settings.name, signal))?.state === 'OFFLINE';
}

/** "16.0.4135.4" is known as 2022. */
const years: Readonly<Record<string, string>> = {
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
};

function shortVersion({ version }: SqlSession): string {
  return years[version.split('.')[0] ?? ''] ?? version;
}
