import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import type { DatabaseServer, Fence } from '../database-server.ts';
import { connectFailure } from '../failures.ts';
import { reachOf } from '../place-of.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { connectWatched } from './connect-watched.ts';
import { lagOf } from './lag.ts';
import { identifier, literal } from './quote.ts';
import { endSessions, findSessions } from './sessions.ts';
import { maintenanceOf, type PostgresSettings } from './settings.ts';

/** Where Debian's package has it. */
export const usualPlace = {
  socket: '/var/run/postgresql/.s.PGSQL.5432',
  port: 5432,
  socketPrefix: '.s.PGSQL.',
};
const product = 'PostgreSQL';
/** object_not_in_prerequisite_state: of a login, that the database takes no connections. */
const closed = '55000';
const denied = '42501';
/** Or somebody's function of the same name, that fits better, would be called with Kedge's rights (CVE-2018-1058). */
const ownNames = 'SET search_path = pg_catalog';

export function openPostgres(settings: PostgresSettings): DatabaseServer {
  const { user, name } = settings;
  const { where, ...reach } = reachOf(settings, usualPlace);
  const whom = { product, where, user };

  const open = async (database: string, signal: AbortSignal): Promise<SqlSession> => {
    const password =
      settings.password === undefined ? undefined : await resolveSecret(settings.password);
    return await connectWatched({ ...reach, user, password, database }, where, signal);
  };
  const use = async <T>(
    signal: AbortSignal,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    using session = await open(maintenanceOf(settings), signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw connectFailure(whom, error, isRefusal);
    });
    const asked = async (): Promise<T> => {
      await session.query(ownNames, signal);
      return await work(session);
    };
    return await asked().catch((error: unknown) => {
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
    await session.query(sql, signal).catch(async (error: unknown) => {
      if (!(error instanceof SqlError) || error.code !== denied) throw error;
      const owner = await ownerOf(session, name, signal);
      const grant = `GRANT ${identifier(owner)} TO ${identifier(user)};`;
      const what = `open and close the database "${name}"`;
      throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
    });
  };
  const lookUp = async (session: SqlSession, signal: AbortSignal) => {
    const sql = `SELECT oid, datallowconn FROM pg_database WHERE datname = ${literal(name)}`;
    const [row] = await session.query(sql, signal);
    const why = `it has no database "${name}"`;
    if (row === undefined) throw new KedgeError('database-failed', { product, why });
    return { oid: row['oid'] ?? undefined, isOpen: row['datallowconn'] === 't' };
  };

  return {
    product,
    async ping(signal) {
      try {
        using session = await open(name, signal);
        await session.query('SELECT 1', signal);
        return `${product} ${shortVersion(session)}${await lagOf(session, signal).catch(() => '')}`;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SqlError && error.code === closed)
          return `${product}, whose database "${name}" takes no clients,`;
        throw connectFailure(whom, error, isRefusal);
      }
    },
    version: async (signal) => await use(signal, async (session) => shortVersion(session)),
    clients: async (signal) =>
      await use(signal, async (session) => await findSessions(session, { name, user }, signal)),
    disconnect: async (signal) =>
      await use(signal, async (session) => await endSessions(session, { name, user }, signal)),
    planFence: async (signal) =>
      await use(signal, async (session): Promise<Fence | undefined> => {
        const { oid, isOpen } = await lookUp(session, signal);
        return isOpen ? { engine: 'postgres', database: name, oid } : undefined;
      }),
    async shutOut(_fence, signal) {
      await use(signal, async (session) => {
        await act(session, allow(name, false), signal);
        await endSessions(session, { name, user }, signal);
      });
    },
    async letIn(fence, signal) {
      await use(signal, async (session) => {
        for (const closed of await closedBy(session, fence, signal))
          await act(session, allow(closed, true), signal);
      });
    },
  };
}

function allow(database: string, value: boolean): string {
  return `ALTER DATABASE ${identifier(database)} WITH ALLOW_CONNECTIONS ${value}`;
}

/** By its number where it has another name by now. One that was dropped took the lock with it. */
async function closedBy(
  session: SqlSession,
  fence: Fence,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { database } = fence;
  const oid = fence.engine === 'postgres' ? fence.oid : undefined;
  const byNumber = oid === undefined ? '' : ` OR oid::text = ${literal(oid)}`;
  const rows = await session.query(
    `SELECT datname FROM pg_database
     WHERE NOT datallowconn AND (datname = ${literal(database)}${byNumber})`,
    signal,
  );
  return rows.flatMap(({ datname }) => datname ?? []);
}

/** invalid_authorization, unknown database, no right to connect. */
function isRefusal({ code }: SqlError): boolean {
  return code.startsWith('28') || code === '3D000' || code === denied;
}

/** Debian adds its own: "15.18 (Debian 15.18-0+deb12u1)". */
function shortVersion({ version }: SqlSession): string {
  return version.split(' ')[0] ?? version;
}

async function ownerOf(session: SqlSession, name: string, signal: AbortSignal): Promise<string> {
  const sql = `SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = ${literal(name)}`;
  const [row] = await session.query(sql, signal);
  return row?.['owner'] ?? 'postgres';
}
