import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { openDatabase } from '../../databases/open-database.ts';
import type { DatabaseSettings } from '../../databases/settings.ts';
import type { ProbeAnswer } from '../probe.ts';
import type { SqlProbeSettings } from '../probe-settings.ts';

const defaultTimeoutSeconds = 2;

/** Whether the server of a database lets Kedge in and answers `SELECT 1`. */
export async function probeSql(
  settings: SqlProbeSettings,
  database: DatabaseSettings | undefined,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const { timeoutSeconds: seconds = defaultTimeoutSeconds } = settings;
  if (database === undefined)
    return { ok: false, text: 'SELECT 1 was not asked: the service has no "database"' };
  const server = openDatabase(database);
  const deadline = AbortSignal.timeout(seconds * 1000);
  const began = performance.now();
  try {
    const who = await server.ping(AbortSignal.any([signal, deadline]));
    return { ok: true, text: `${who} answered in ${Math.round(performance.now() - began)} ms` };
  } catch (error) {
    signal.throwIfAborted();
    const text = `${server.product} did not answer SELECT 1 in ${seconds} s`;
    return { ok: false, text: deadline.aborted ? text : wordFailure(failureOf(error)).message };
  }
}
