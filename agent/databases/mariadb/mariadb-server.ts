import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import type { DatabaseServer, Fence } from '../database-server.ts';
import { connectFailure } from '../failures.ts';
import { reachOf } from '../place-of.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { accountsIn, isLocked, setLocked } from './accounts.ts';
import { connectMariadb } from './connect.ts';
import { endSessions, findSessions } from './sessions.ts';
import type { MariadbSettings } from './settings.ts';

const usual = { socket: '/run/mysqld/mysqld.sock', port: 3306 };
const product = 'MariaDB';

export function openMariadb(settings: MariadbSettings): DatabaseServer {
  const { user, name } = settings;
  const { where, ...reach } = reachOf(settings, usual);
  const asked = { product, where, user };

  const open = async (signal: AbortSignal, database?: string): Promise<SqlSession> => {
    const password =
      settings.password === undefined ? undefined : await resolveSecret(settings.password);
    const chosen = database === undefined ? {} : { database };
    return await connectMariadb({ ...reach, user, password, ...chosen }, signal).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        throw connectFailure(asked, error, isRefusal);
      },
    );
  };
  const use = async <T>(
    signal: AbortSignal,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    using session = await open(signal);
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
  const accountsOf = async (session: SqlSession, signal: AbortSignal) =>
    settings.accounts ?? (await accountsIn(session, name, signal));
  const lookedFor = async (session: SqlSession, signal: AbortSignal) => ({
    product,
    user,
    name,
    accounts: await accountsOf(session, signal),
  });

  return {
    product,
    async ping(signal) {
      using session = await open(signal, name);
      await session.query('SELECT 1', signal);
      return words(session);
    },
    version: async (signal) => await use(signal, async (session) => numberOf(session)),
    clients: async (signal) =>
      await use(signal, async (session) =>
        findSessions(session, await lookedFor(session, signal), signal),
      ),
    disconnect: async (signal) =>
      await use(signal, async (session) =>
        endSessions(session, await lookedFor(session, signal), signal),
      ),
    planFence: async (signal) =>
      await use(signal, async (session): Promise<Fence | undefined> => {
        const all = await accountsOf(session, signal);
        if (all.length === 0) throw unknownAccounts(name);
        const open: string[] = [];
        for (const each of all)
          if (!(await isLocked(session, each, asked, signal))) open.push(each);
        return open.length === 0
          ? undefined
          : { engine: 'mariadb', database: name, accounts: open };
      }),
    async shutOut(fence, signal) {
      const accounts = lockedBy(fence);
      await use(signal, async (session) => {
        for (const each of accounts) await setLocked(session, each, 'LOCK', asked, signal);
        await endSessions(session, { product, user, name, accounts }, signal);
      });
    },
    async letIn(fence, signal) {
      await use(signal, async (session) => {
        for (const each of lockedBy(fence)) {
          // One that was dropped meanwhile must not keep the others out.
          const locked = await isLocked(session, each, asked, signal).catch(goneAccount);
          if (locked) await setLocked(session, each, 'UNLOCK', asked, signal);
        }
      });
    },
  };
}

function lockedBy(fence: Fence): readonly string[] {
  return fence.engine === 'mariadb' ? fence.accounts : [];
}

/** No such account: MariaDB, MySQL. */
const gone: ReadonlySet<string> = new Set(['1133', '1141', '1396']);

function goneAccount(error: unknown): false {
  if (error instanceof SqlError && gone.has(error.code)) return false;
  throw error;
}

function unknownAccounts(name: string): KedgeError {
  const why = `no account with rights in "${name}" is known to Kedge; name them in "accounts"`;
  return new KedgeError('database-failed', { product, why });
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

/** "10.11.19-MariaDB-0+deb12u1" */
function numberOf({ version }: SqlSession): string {
  return version.split('-')[0] ?? version;
}

function words(session: SqlSession): string {
  const name = session.version.includes('MariaDB') ? product : 'MySQL';
  return `${name} ${numberOf(session)}`;
}
