import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError } from '../sql-session.ts';
import { type AnswerPace, type AskedServer, whileAnswering } from '../while-answering.ts';
import { connectPostgres, type PostgresLogin, type PostgresSession } from './connect.ts';

/** A session whose statements end when its server is gone, however long they may take. `where`: for the eye. */
export async function connectWatched(
  login: PostgresLogin,
  where: string,
  signal: AbortSignal,
  pace?: AnswerPace,
): Promise<PostgresSession> {
  const session = await connectPostgres(login, signal);
  const server = askedAt(login, where, pace);
  const watched = async <T>(work: (until: AbortSignal) => Promise<T>, until: AbortSignal) =>
    await whileAnswering(server, work, until).catch((error: unknown) => {
      const isFull = error instanceof SqlError && error.code === diskFull;
      throw isFull ? noSpaceAt(where, error.message) : error;
    });
  return {
    version: session.version,
    query: async (sql, until) =>
      await watched(async (each) => await session.query(sql, each), until),
    copyIn: async (sql, content, until) =>
      await watched(async (each) => await session.copyIn(sql, content, each), until),
    copyOut: async (sql, to, until) =>
      await watched(async (each) => await session.copyOut(sql, to, each), until),
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

const product = 'PostgreSQL';
const diskFull = '53100';

export function noSpaceAt(where: string, why: string): KedgeError {
  return new KedgeError('database-no-space', { product, where, why });
}

/** A refusal is an answer: too many connections, a password that was changed meanwhile. */
export function askedAt(login: PostgresLogin, where: string, pace?: AnswerPace): AskedServer {
  // There are few places for replication.
  const { replication: _, ...asked } = login;
  return {
    async answers(signal) {
      try {
        using _session = await connectPostgres(asked, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SqlError)) throw error;
      }
    },
    lost: () =>
      new KedgeError('database-unreachable', {
        product,
        where,
        why: 'it does not answer any more',
      }),
    ...(pace === undefined ? {} : { pace }),
  };
}
