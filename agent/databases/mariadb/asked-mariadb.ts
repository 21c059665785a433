import { KedgeError } from '../../../protocol/failures.ts';
import { reachOf } from '../place-of.ts';
import { SqlError } from '../sql-session.ts';
import type { AnswerPace, AskedServer } from '../while-answering.ts';
import { openMariadbSession, usualPlace } from './open-session.ts';
import type { Product } from './product.ts';
import type { MariadbSettings } from './settings.ts';

/** A refusal is an answer: too many connections, a password that was changed meanwhile. */
export function askedMariadb(
  settings: MariadbSettings,
  product: Product,
  pace?: AnswerPace,
): AskedServer {
  const { where } = reachOf(settings, usualPlace);
  const why = 'it does not answer any more';
  return {
    async answers(signal) {
      try {
        using _session = await openMariadbSession(settings, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof KedgeError && error.cause instanceof SqlError)) throw error;
      }
    },
    lost: () => new KedgeError('database-unreachable', { product, where, why }),
    ...(pace === undefined ? {} : { pace }),
  };
}
