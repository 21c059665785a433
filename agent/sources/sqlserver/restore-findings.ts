import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { databaseByName } from '../../databases/sqlserver/databases.ts';
import { howFarTried } from '../../databases/sqlserver/how-far-tried.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import type { RestoreFindings } from '../restore-kind.ts';
import type { BackupFacts } from './backup-facts.ts';
import { wordState } from './exchange-databases.ts';
import type { ExchangeUser } from './exchange-folder.ts';
import { restoreDenials } from './privileges.ts';
import { probeExchange } from './probe-exchange.ts';
import { readProperties, readServer } from './read-facts.ts';
import { asking, openMaster } from './sessions.ts';
import { serverOf } from './settings.ts';

/** What stands against bringing a backup back into this server; leaves nothing behind. */
export async function restoreFindings(
  user: ExchangeUser,
  facts: BackupFacts,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const server = serverOf(user.settings);
  return await inWords(signal, async () => {
    using session = await openMaster(server, signal);
    const obstacles = await asking(signal, look(server, facts, session, signal));
    if (obstacles.length === 0) await probeExchange(user, session, signal);
    return { warnings: [howFarTried], obstacles };
  });
}

/** The same for a copy that nothing live changes places with; the exchange folder is not tried. */
export async function copyObstacles(
  server: SqlserverSettings,
  facts: BackupFacts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { obstacles } = await inWords(signal, async () => {
    using session = await openMaster(server, signal);
    const found = await asking(signal, lookForCopy(server, facts, session, signal));
    return { warnings: [], obstacles: found };
  });
  return obstacles;
}

/** What its login lacks to exchange what is live, whatever comes in its place. */
export async function restoreRights(
  server: SqlserverSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { obstacles } = await inWords(signal, async () => {
    using session = await openMaster(server, signal);
    const missing = await asking(signal, restoreDenials(session, server, signal));
    return { warnings: [], obstacles: missing };
  });
  return obstacles;
}

async function inWords(
  signal: AbortSignal,
  find: () => Promise<RestoreFindings>,
): Promise<RestoreFindings> {
  try {
    return await find();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return { warnings: [], obstacles: [wordFailure(failureOf(error)).message] };
  }
}

async function look(
  server: SqlserverSettings,
  facts: BackupFacts,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const properties = await readProperties(session, server.name, signal);
  return [
    ...(await lookForCopy(server, facts, session, signal)),
    ...(properties?.bound ?? []).map((why) => `${why}, so it can't change its name`),
  ];
}

async function lookForCopy(
  server: SqlserverSettings,
  facts: BackupFacts,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { version } = await readServer(session, signal);
  const live = await databaseByName(session, server.name, signal);
  const [then, now] = [facts.server, version].map((each) => Number.parseInt(each, 10));
  return [
    ...((then ?? 0) > (now ?? 0)
      ? [
          `it was taken from SQL Server ${facts.server}, and this one is ${version}: an older one can't take it`,
        ]
      : []),
    ...(await restoreDenials(session, server, signal)),
    ...(live === undefined || live.state === 'ONLINE' ? [] : [wordState(live.state)]),
    ...(live?.access === 'SINGLE_USER' ? ['it is open to a single user only'] : []),
  ];
}
