import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { literal } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { RestoreFindings } from '../restore-kind.ts';
import { everywhereAccounts, missingDefiners, unknownAccounts } from './account-findings.ts';
import type { DumpFacts } from './dump-facts.ts';
import { foreignHolders } from './foreign-holders.ts';
import { howFarTried } from './how-far-tried.ts';
import { isIn } from './list-objects.ts';
import { wordLongRows } from './long-rows.ts';
import { missingRights } from './restore-rights.ts';
import {
  missingEngines,
  needsKeys,
  notAtOnce,
  otherServer,
  preparedTransactions,
  readOnly,
} from './server-findings.ts';
import { asking, openSession } from './sessions.ts';
import { findTools } from './tools.ts';

export interface Asked {
  readonly source: string;
  readonly server: MariadbSettings;
  readonly facts: DumpFacts;
}

/** What stands against bringing a dump back into this server, looked at without changing anything. */
export async function restoreFindings(asked: Asked, signal: AbortSignal): Promise<RestoreFindings> {
  return await lookedAt(asked, signal, async (session) => await look(asked, session, signal));
}

/** The same of a drill, which exchanges nothing. */
export async function trialObstacles(
  asked: Asked,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { obstacles } = await lookedAt(asked, signal, async (session) => ({
    warnings: [],
    obstacles: await againstLoading(asked, session, signal),
  }));
  return obstacles;
}

export async function lookedAt(
  { source, server }: Pick<Asked, 'source' | 'server'>,
  signal: AbortSignal,
  lookWith: (session: SqlSession) => Promise<RestoreFindings>,
): Promise<RestoreFindings> {
  try {
    using session = await openSession(server, signal);
    await findTools(source, session, signal);
    const { warnings, obstacles } = await asking(signal, lookWith(session));
    return { warnings: [...howFarTried(session), ...warnings], obstacles };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return { warnings: [], obstacles: [wordFailure(failureOf(error)).message] };
  }
}

/** What its account lacks to exchange what is live, whatever comes in its place. */
export async function restoreRights(
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    using session = await openSession(server, signal);
    return await asking(signal, missingRights(session, server, [], signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return [wordFailure(failureOf(error)).message];
  }
}

async function look(
  asked: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const { server, facts } = asked;
  return {
    warnings: [
      ...notAtOnce(session),
      ...(await needsKeys(session, signal)),
      ...(await missingDefiners(facts, session, signal)),
      ...(await brokenViews(server, session, signal)),
      ...(await everywhereAccounts(server, session, signal)),
      ...(await preparedTransactions(session, signal)),
    ],
    obstacles: [
      ...(await againstLoading(asked, session, signal)),
      ...(await unknownAccounts(server, session, signal)),
      ...(await foreignHolders(session, server.name, signal)),
    ],
  };
}

async function againstLoading(
  { server, facts }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return [
    ...otherServer(facts, session),
    ...(await readOnly(session, signal)),
    ...(await missingEngines(facts, session, signal)),
    ...(await missingRights(session, server, facts.definers, signal)),
    ...(await wordLongRows(facts.tables, session, signal)),
  ];
}

async function brokenViews(
  { name }: MariadbSettings,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    // Without its time a server does not look into a view.
    `SELECT table_name AS name, create_time AS made FROM information_schema.tables
     WHERE ${isIn('table_schema', name)} AND table_type = 'VIEW'
       AND table_comment LIKE ${literal('% references invalid %')} ORDER BY 1`,
    signal,
  );
  return rows.map(
    ({ name: view }) =>
      `the live view "${view}" names what is not there; no server makes it again, so that an undo would come back without it`,
  );
}
