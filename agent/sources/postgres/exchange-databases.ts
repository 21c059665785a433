import { KedgeError } from '../../../protocol/failures.ts';
import { identifier, literal } from '../../databases/postgres/quote.ts';
import { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isOurs } from '../name-beside.ts';
import type { ExchangeItem, PreparedItem } from '../restore-kind.ts';
import { dropDatabase } from './create-database.ts';
import { wordPlace } from './database-place.ts';
import type { RenameDatabases } from './rename-databases.ts';
import { asking, awaitMaintenance, openMaintenance, openSession } from './sessions.ts';

/** Of an item of this engine; every one was made with its server. */
export function serverIn({ server, live }: Pick<ExchangeItem, 'server' | 'live'>) {
  const parsed = PostgresSettings.safeParse(server);
  if (!parsed.success) throw new Error(`of "${live}" it is not known in which server it is`);
  return parsed.data;
}

/** Databases change names: nothing is copied while services are down. */
export async function prepareRenames(
  item: ExchangeItem,
  signal: AbortSignal,
): Promise<PreparedItem> {
  const server = serverIn(item);
  const { incoming, outgoing } = item;
  using session = await awaitMaintenance(server, signal);
  const live = await lookUp(session, server.name, signal);
  const coming = incoming === undefined ? undefined : await lookUp(session, incoming, signal);
  if (incoming !== undefined && coming === undefined)
    throw refused(server, `there is no database "${incoming}" any more`);
  if (live?.isOpen === false)
    throw refused(server, 'its clients are shut out; let them in first: kedge service let-in');
  if ((await lookUp(session, outgoing, signal)) !== undefined)
    throw refused(server, `there is a database "${outgoing}" already`);
  const [transaction] = await preparedIn(session, server.name, signal);
  if (transaction !== undefined) throw refused(server, transaction);
  const step: RenameDatabases = {
    kind: 'rename-databases',
    server,
    live: server.name,
    ...(live === undefined ? {} : { liveOid: live.oid }),
    ...(incoming === undefined || coming === undefined
      ? {}
      : { incoming, incomingOid: coming.oid }),
    outgoing,
  };
  return { item, keeps: live !== undefined, steps: [step], notes: [] };
}

function refused(server: PostgresSettings, why: string): KedgeError {
  return new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
}

async function lookUp(session: SqlSession, name: string, signal: AbortSignal) {
  const sql = `SELECT oid, datallowconn AS open FROM pg_database WHERE datname = ${literal(name)}`;
  const [row] = await asking(signal, session.query(sql, signal));
  return row === undefined ? undefined : { oid: row['oid'] ?? '', isOpen: row['open'] === 't' };
}

/** What a server keeps of two-phase commits holds a database by its name. */
export async function preparedIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await asking(
    signal,
    session.query(
      `SELECT gid, owner FROM pg_prepared_xacts WHERE database = ${literal(database)} ORDER BY prepared`,
      signal,
    ),
  );
  return rows.map(
    ({ gid, owner }) =>
      `the transaction "${gid}" of ${owner} is prepared and neither committed nor rolled back: decide it with COMMIT PREPARED or ROLLBACK PREPARED`,
  );
}

/** What is live answers under its name. */
export async function checkLive(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  if (item.incoming === undefined) return;
  const server = serverIn(item);
  using session = await openSession(server, server.name, signal);
  await asking(signal, session.query('SELECT 1', signal));
}

/** What was built and did not become live. */
export async function clearIncoming({ incoming, ...item }: ExchangeItem, signal: AbortSignal) {
  if (incoming !== undefined) await dropOurs(serverIn(item), incoming, signal, awaitMaintenance);
}

/** Only by a name that Kedge gave. */
export async function dropOurs(
  server: PostgresSettings,
  name: string,
  signal: AbortSignal,
  open = openMaintenance,
): Promise<void> {
  if (!isOurs(name)) throw new Error(`${identifier(name)} is no database of Kedge's`);
  using session = await open(server, signal);
  await asking(signal, dropDatabase(session, name, signal));
}
