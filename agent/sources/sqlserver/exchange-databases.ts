import { KedgeError } from '../../../protocol/failures.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { databaseByName } from '../../databases/sqlserver/databases.ts';
import { identifier } from '../../databases/sqlserver/quote.ts';
import { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { beforeOperation } from '../../os/faults.ts';
import { isOurs } from '../name-beside.ts';
import type { ExchangeItem, Exchanger, PreparedItem } from '../restore-kind.ts';
import { wordPlace } from './database-place.ts';
import { leftInSqlserver } from './left-behind.ts';
import type { RenameSqlserverDatabases } from './rename-databases.ts';
import { asking, awaitMaster, openMaster, openSession } from './sessions.ts';

/** Databases change names: nothing is copied while services are down. */
export const sqlserverExchanger: Exchanger = {
  prepare: prepareRenames,
  check: checkLive,
  clear: clearIncoming,
  leaves: leftInSqlserver,
};

/** Of an item of this engine; every one was made with its server. */
export function serverIn({ server, live }: Pick<ExchangeItem, 'server' | 'live'>) {
  const parsed = SqlserverSettings.safeParse(server);
  if (!parsed.success) throw new Error(`of "${live}" it is not known in which server it is`);
  return parsed.data;
}

async function prepareRenames(item: ExchangeItem, signal: AbortSignal): Promise<PreparedItem> {
  const server = serverIn(item);
  using session = await awaitMaster(server, signal);
  const step = await asking(signal, stepOf(item, server, session, signal));
  return { item, keeps: step.liveId !== undefined, steps: [step], notes: [] };
}

async function stepOf(
  { incoming, outgoing }: ExchangeItem,
  server: SqlserverSettings,
  session: SqlSession,
  signal: AbortSignal,
): Promise<RenameSqlserverDatabases> {
  const lookUp = async (name: string) => await databaseByName(session, name, signal);
  const live = await lookUp(server.name);
  const coming = incoming === undefined ? undefined : await lookUp(incoming);
  if (incoming !== undefined && coming === undefined)
    throw refused(server, `there is no database "${incoming}" any more`);
  if (live !== undefined && live.state !== 'ONLINE') throw refused(server, wordState(live.state));
  if (live?.access === 'SINGLE_USER')
    throw refused(server, 'it is open to a single user only: SET MULTI_USER first');
  if ((await lookUp(outgoing)) !== undefined)
    throw refused(server, `there is a database "${outgoing}" already`);
  return {
    kind: 'rename-sqlserver-databases',
    server,
    live: server.name,
    ...(live === undefined ? {} : { liveId: live.id }),
    access: live?.access === 'RESTRICTED_USER' ? 'RESTRICTED_USER' : 'MULTI_USER',
    ...(incoming === undefined || coming === undefined ? {} : { incoming, incomingId: coming.id }),
    outgoing,
  };
}

export function wordState(state: string): string {
  return state === 'OFFLINE'
    ? 'its clients are shut out; let them in first: kedge service let-in'
    : `its server says that it is ${state}`;
}

function refused(server: SqlserverSettings, why: string): KedgeError {
  return new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
}

/** What is live answers under its name. */
async function checkLive(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  if (item.incoming === undefined) return;
  const server = serverIn(item);
  using session = await openSession(server, server.name, signal);
  await asking(signal, session.query('SELECT 1 AS one', signal));
}

/** What was built and did not become live. */
async function clearIncoming({ incoming, ...item }: ExchangeItem, signal: AbortSignal) {
  if (incoming !== undefined) await dropOurs(serverIn(item), incoming, signal, awaitMaster);
}

/** Only by a name that Kedge gave. */
export async function dropOurs(
  server: SqlserverSettings,
  name: string,
  signal: AbortSignal,
  open = openMaster,
): Promise<void> {
  if (!isOurs(name)) throw new Error(`${identifier(name)} is no database of Kedge's`);
  using session = await open(server, signal);
  await asking(signal, drop(session, name, signal));
}

/**
 * Of a database that is offline DROP leaves the files on the disk, and one that is RESTORING takes no options: it has no
 * clients either.
 */
async function drop(session: SqlSession, name: string, signal: AbortSignal): Promise<void> {
  const found = await databaseByName(session, name, signal);
  if (found === undefined) return;
  beforeOperation('drop database', name);
  const alter = `ALTER DATABASE ${identifier(name)} SET`;
  if (found.state === 'OFFLINE') await session.query(`${alter} ONLINE`, signal);
  if (found.state === 'OFFLINE' || found.state === 'ONLINE')
    await session.query(`${alter} SINGLE_USER WITH ROLLBACK IMMEDIATE`, signal);
  await session.query(`DROP DATABASE ${identifier(name)}`, signal);
}
