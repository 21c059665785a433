import { randomUUID } from 'node:crypto';
import { KedgeError } from '../../../protocol/failures.ts';
import { accountsIn, openAmong } from '../../databases/mariadb/accounts.ts';
import { identifier } from '../../databases/mariadb/quote.ts';
import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isOurs } from '../name-beside.ts';
import type { ExchangeItem, PreparedItem } from '../restore-kind.ts';
import { awaitServer } from './await-server.ts';
import { wordCode } from './code-object.ts';
import { wordPlace } from './database-place.ts';
import { propertiesOf } from './database-properties.ts';
import { foreignHolders } from './foreign-holders.ts';
import { isThere, theirTables, whyOtherwiseNamed } from './list-objects.ts';
import { readCode } from './read-code.ts';
import { dropDatabase, type RenameTables } from './rename-step.ts';
import { readRoutineGrants } from './routine-grants.ts';
import { asking, openSession } from './sessions.ts';

/** Tables change their database: nothing is copied while services are down. */
export async function prepareDatabase(
  item: ExchangeItem,
  signal: AbortSignal,
): Promise<PreparedItem> {
  const server = serverIn(item);
  using session = await awaitServer(server, signal);
  return await asking(signal, prepare(session, server, item, signal));
}

/** Of an item of this engine; every one was made with its server. */
export function serverIn({ server, live }: Pick<ExchangeItem, 'server' | 'live'>): MariadbSettings {
  const parsed = MariadbSettings.safeParse(server);
  if (!parsed.success) throw new Error(`of "${live}" it is not known in which server it is`);
  return parsed.data;
}

async function prepare(
  session: SqlSession,
  server: MariadbSettings,
  item: ExchangeItem,
  signal: AbortSignal,
): Promise<PreparedItem> {
  const { incoming = '', outgoing } = item;
  const { name: live } = server;
  const otherwise = await whyOtherwiseNamed(session, live, signal);
  if (otherwise !== undefined) throw refused(server, otherwise);
  const coming = await propertiesOf(session, incoming, signal);
  if (coming === undefined) throw refused(server, `there is no database "${incoming}" any more`);
  if (await isThere(session, outgoing, signal))
    throw refused(server, `there is a database "${outgoing}" already`);
  const [holder] = await foreignHolders(session, live, signal);
  if (holder !== undefined) throw refused(server, holder);
  const properties = await propertiesOf(session, live, signal);
  const code = properties === undefined ? [] : await readCode(session, live, signal);
  const step: RenameTables = {
    kind: 'rename-tables',
    server,
    live,
    wasThere: properties !== undefined,
    incoming,
    outgoing,
    properties: { live: properties ?? coming, incoming: coming },
    tables: {
      live: await theirTables(session, live, signal),
      incoming: await theirTables(session, incoming, signal),
    },
    code,
    grants: await readRoutineGrants(session, live, signal),
    accounts: await openAccounts(session, server, signal),
    mark: randomUUID(),
  };
  const broken = code.filter(({ isBroken }) => isBroken === true);
  return {
    item,
    // A database that was not there comes back as an empty one.
    keeps: true,
    steps: [step],
    notes: broken.map(
      (view) =>
        `${wordCode(view)} of the ${wordPlace(server)} names what is not there: no server makes it again, so an undo comes without it; it is: ${view.sql}`,
    ),
  };
}

function refused(server: MariadbSettings, why: string): KedgeError {
  return new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
}

/** Of the application, those that are not locked already. */
export async function openAccounts(
  session: SqlSession,
  server: MariadbSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { name, user } = server;
  const all = server.accounts ?? (await accountsIn(session, name, signal));
  return await openAmong(session, all, { user }, signal);
}

/** What is live answers under its name. */
export async function checkLive(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  const server = serverIn(item);
  using session = await openSession(server, signal, server.name);
  await asking(signal, session.query('SELECT 1', signal));
}

/** What was built and did not become live. */
export async function clearIncoming({ incoming, ...item }: ExchangeItem, signal: AbortSignal) {
  if (incoming !== undefined) await dropOurs(serverIn(item), incoming, signal, awaitServer);
}

/** Only by a name that Kedge gave. */
export async function dropOurs(
  server: MariadbSettings,
  name: string,
  signal: AbortSignal,
  open: typeof awaitServer = openSession,
): Promise<void> {
  if (!isOurs(name)) throw new Error(`${identifier(name)} is no database of Kedge's`);
  using session = await open(server, signal);
  await asking(signal, dropDatabase(session, name, signal));
}
