import { KedgeError } from '../../../protocol/failures.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { wordPlace } from './database-place.ts';
import { whyOtherwiseNamed } from './list-objects.ts';
import { asking, isNoDatabase, openSession } from './sessions.ts';

/** The live one; source-missing where the server has none of this name. */
export async function openDatabase(
  source: string,
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  try {
    return await openNamed(server, signal);
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    throw new KedgeError('source-missing', { source, path: wordPlace(server) }, { cause: error });
  }
}

async function openNamed(server: MariadbSettings, signal: AbortSignal): Promise<SqlSession> {
  const session = await openSession(server, signal, server.name);
  try {
    const why = await asking(signal, whyOtherwiseNamed(session, server.name, signal));
    if (why !== undefined)
      throw new KedgeError('database-failed', { product: productOf(session), why });
    return session;
  } catch (error) {
    session[Symbol.dispose]();
    throw error;
  }
}
