import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { howFarTried } from '../../databases/sqlserver/how-far-tried.ts';
import { product } from '../../databases/sqlserver/open-session.ts';
import type { Preflight } from '../source.ts';
import { openDatabase } from './capture.ts';
import type { ExchangeUser } from './exchange-folder.ts';
import { backupDenials } from './privileges.ts';
import { probeExchange } from './probe-exchange.ts';
import { readServer, readUsedBytes } from './read-facts.ts';
import { asking } from './sessions.ts';
import { serverOf } from './settings.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [howFarTried] };

/** What a backup would take, by the pages that are in use; tries the exchange folder both ways. */
export async function preflightSqlserver(
  user: ExchangeUser,
  signal: AbortSignal,
): Promise<Preflight> {
  const { source, settings } = user;
  const server = serverOf(settings);
  try {
    using session = await openDatabase(source, server, signal);
    await refuseAzure(session, signal);
    const [denial] = await asking(signal, backupDenials(session, server, signal));
    if (denial !== undefined) throw denial;
    await probeExchange(user, session, signal);
    const contentBytes = await asking(signal, readUsedBytes(session, signal));
    // The facts, and the backup itself.
    return { ...nothing, contentBytes, files: 2 };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { ...nothing, problem: failureOf(error) };
  }
}

/** SQL Database, Synapse and the managed instance: they write backups to no folder. */
const azure: ReadonlySet<number> = new Set([5, 6, 8, 11]);

async function refuseAzure(session: SqlSession, signal: AbortSignal): Promise<void> {
  const { engine } = await asking(signal, readServer(session, signal));
  if (!azure.has(engine)) return;
  const why = 'it is a service of Azure, which writes backups to no folder: use its own';
  throw new KedgeError('database-failed', { product, why });
}
