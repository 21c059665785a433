import { randomUUID } from 'node:crypto';
import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../../databases/postgres/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { columnDifference } from '../../dumps/column-difference.ts';
import { isOurs } from '../../name-beside.ts';
import type { ExchangeItem, PreparedItem } from '../../restore-kind.ts';
import { wordPlace } from '../database-place.ts';
import type { ColumnFacts } from '../dump-facts.ts';
import { serverIn } from '../exchange-databases.ts';
import { asking, awaitSession, isNoDatabase, openSession } from '../sessions.ts';
import { nameAt } from './beside.ts';
import { type ExchangeNotes, readNotes } from './exchange-notes.ts';
import { type ExchangeRows, hasSchema } from './exchange-rows.ts';
import { type LiveTable, readLiveTables } from './live-tables.ts';
import { readColumnsBeside } from './table-shape.ts';

/** The one step of an item with tables. What is live is copied in it, when nobody else can write any more. */
export async function prepareTables(
  item: ExchangeItem,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<PreparedItem> {
  const server = serverIn(item);
  const { incoming, outgoing } = item;
  if (incoming === undefined) throw new Error(`there is nothing for the tables of "${item.live}"`);
  using session = await awaitSession(server, server.name, signal);
  await asking(signal, refuse(session, { server, tables, incoming, outgoing }, signal));
  const mark = randomUUID();
  const step: ExchangeRows = { kind: 'exchange-rows', server, tables, incoming, outgoing, mark };
  return { item, keeps: true, steps: [step], notes: [] };
}

async function refuse(
  session: SqlSession,
  { server, tables, incoming, outgoing }: Omit<ExchangeRows, 'kind' | 'mark'>,
  signal: AbortSignal,
): Promise<void> {
  const refused = (why: string) => new KedgeError('restore-refused', { why });
  if (!(await hasSchema(session, incoming, signal)))
    throw refused(`there is no schema "${incoming}" in the ${wordPlace(server)} any more`);
  if (await hasSchema(session, outgoing, signal))
    throw refused(`there is a schema "${outgoing}" in the ${wordPlace(server)} already`);
  const live = await readLiveTables(session, signal);
  const columns = await readColumnsBeside(session, incoming, signal);
  const { comes, absent } = await readNotes(session, incoming, signal);
  const has = (noted: ExchangeNotes['comes'], name: string): boolean =>
    noted.some(({ table }) => table === name);
  const again = tables.find((table) => has(comes, table) && live.has(table));
  if (again !== undefined) throw refused(`there is a table "${again}" again, where none was`);
  for (const [index, table] of tables.entries()) {
    if (has(comes, table) || (has(absent, table) && live.has(table))) continue;
    const problem = differenceOf(columns.get(nameAt(index)), live.get(table));
    if (problem !== undefined) throw refused(`table "${table}"${problem}`);
  }
}

function differenceOf(
  then: readonly ColumnFacts[] | undefined,
  now: LiveTable | undefined,
): string | undefined {
  if (then === undefined || now === undefined) return ' is not there any more';
  const difference = columnDifference(then, now.columns);
  return difference === undefined ? undefined : `: ${difference}`;
}

/** It answers. */
export async function checkTables(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  const server = serverIn(item);
  using session = await openSession(server, server.name, signal);
  await asking(signal, session.query('SELECT 1', signal));
}

/** What was built and did not become live. */
export async function clearTables(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  if (item.incoming !== undefined)
    await dropSchema(serverIn(item), item.incoming, signal, awaitSession);
}

/** Only by a name that Kedge gave; nothing to do where it is gone, or the database with it. */
export async function dropSchema(
  server: PostgresSettings,
  name: string,
  signal: AbortSignal,
  open = openSession,
): Promise<void> {
  if (!isOurs(name)) throw new Error(`${identifier(name)} is no schema of Kedge's`);
  try {
    using session = await open(server, server.name, signal);
    await asking(
      signal,
      session.query(`DROP SCHEMA IF EXISTS ${identifier(name)} CASCADE`, signal),
    );
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
  }
}
