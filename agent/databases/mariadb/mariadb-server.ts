import { KedgeError } from '../../../protocol/failures.ts';
import type { DatabaseServer, Fence } from '../database-server.ts';
import { asking } from '../failures.ts';
import { reachOf } from '../place-of.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { accountsIn, isLocked, openAmong, setLocked } from './accounts.ts';
import { lagOf } from './lag.ts';
import { openMariadbSession, usualPlace } from './open-session.ts';
import { likelyProduct, productOf } from './product.ts';
import { endSessions, findSessions } from './sessions.ts';
import type { MariadbSettings } from './settings.ts';

export function openMariadb(settings: MariadbSettings): DatabaseServer {
  const { user, name } = settings;
  const product = likelyProduct(reachOf(settings, usualPlace));
  const asked = { user };

  const open = async (signal: AbortSignal, database?: string): Promise<SqlSession> =>
    await openMariadbSession(settings, signal, database);
  const use = async <T>(
    signal: AbortSignal,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    using session = await open(signal);
    return await asking(product, signal, work(session));
  };
  const accountsOf = async (session: SqlSession, signal: AbortSignal) =>
    settings.accounts ?? (await accountsIn(session, name, signal));
  const lookedFor = async (session: SqlSession, signal: AbortSignal) => ({
    user,
    name,
    accounts: await accountsOf(session, signal),
  });

  return {
    product,
    async ping(signal) {
      using session = await open(signal, name);
      await session.query('SELECT 1', signal);
      return `${words(session)}${await lagOf(session, signal)}`;
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
        if (all.length === 0) throw unknownAccounts(session, name);
        const open = await openAmong(session, all, asked, signal);
        return open.length === 0
          ? undefined
          : { engine: 'mariadb', database: name, accounts: open };
      }),
    async shutOut(fence, signal) {
      const accounts = lockedBy(fence);
      await use(signal, async (session) => {
        for (const each of accounts)
          await setLocked(session, each, 'LOCK', asked, signal).catch(goneAccount);
        await endSessions(session, { user, name, accounts }, signal);
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
const gone: ReadonlySet<string> = new Set(['1133', '1141', '1396', '3162']);

function goneAccount(error: unknown): false {
  if (error instanceof SqlError && gone.has(error.code)) return false;
  throw error;
}

function unknownAccounts(session: SqlSession, name: string): KedgeError {
  const why = `no account with rights in "${name}" is known to Kedge; name them in "accounts"`;
  return new KedgeError('database-failed', { product: productOf(session), why });
}

/** "10.11.19-MariaDB-0+deb12u1" */
function numberOf({ version }: SqlSession): string {
  return version.split('-')[0] ?? version;
}

function words(session: SqlSession): string {
  return `${productOf(session)} ${numberOf(session)}`;
}
