import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError } from '../sql-session.ts';
import type { AnswerPace, AskedServer } from '../while-answering.ts';
import { openSession, product, whereIs } from './open-session.ts';
import type { SqlserverSettings } from './settings.ts';

/** A refusal is an answer: too many connections, a password that was changed meanwhile. */
export function askedSqlserver(settings: SqlserverSettings, pace?: AnswerPace): AskedServer {
  const why = 'it does not answer any more';
  return {
    async answers(signal) {
      try {
        using _session = await openSession(settings, 'master', signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof KedgeError && error.cause instanceof SqlError)) throw error;
      }
    },
    lost: () => new KedgeError('database-unreachable', { product, where: whereIs(settings), why }),
    ...(pace === undefined ? {} : { pace }),
  };
}
