import { randomUUID } from 'node:crypto';
import { KedgeError } from '../../../../protocol/failures.ts';
import type { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { ExchangeItem, PreparedItem } from '../../restore-kind.ts';
import { awaitServer } from '../await-server.ts';
import { type KeptCode, readCodeTable } from '../code-table.ts';
import { wordPlace } from '../database-place.ts';
import { propertiesOf } from '../database-properties.ts';
import { isTriggerOf } from '../drop-triggers.ts';
import { dropOurs, openAccounts, serverIn } from '../exchange-tables.ts';
import { isThere, theirTables, whyOtherwiseNamed } from '../list-objects.ts';
import { readCode } from '../read-code.ts';
import { named } from '../rename-step.ts';
import { asking, openSession } from '../sessions.ts';
import { differencesOf } from './differences.ts';
import { type ExchangeTables, keysAfter } from './exchange-step.ts';
import { brokenKeys, readForeignKeys } from './foreign-keys.ts';
import { definitionOf } from './table-shape.ts';

/** The one step of an item with tables. */
export async function prepareTables(
  item: ExchangeItem,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<PreparedItem> {
  const server = serverIn(item);
  using session = await awaitServer(server, signal);
  const step = await asking(signal, stepFor(session, { server, item, tables }, signal));
  // Where none of them was live an empty database is kept.
  return { item, keeps: true, steps: [step], notes: [] };
}

const refused = (why: string): KedgeError => new KedgeError('restore-refused', { why });

async function stepFor(
  session: SqlSession,
  asked: {
    readonly server: MariadbSettings;
    readonly item: ExchangeItem;
    readonly tables: readonly string[];
  },
  signal: AbortSignal,
): Promise<ExchangeTables> {
  const { server, item, tables } = asked;
  const { incoming = '', outgoing } = item;
  const { name: live } = server;
  await refuseNames(session, server, { incoming, outgoing }, signal);
  const properties = await propertiesOf(session, live, signal);
  if (properties === undefined) throw refused(`there is no ${wordPlace(server)} any more`);
  const among = async (database: string): Promise<readonly string[]> => {
    const found = new Set(await theirTables(session, database, signal));
    return tables.filter((table) => found.has(table));
  };
  const keys = await keysOf(session, live, tables, signal);
  const { live: made = [], ...before } = await readCodeTable(session, incoming, signal);
  const step: ExchangeTables = {
    kind: 'exchange-tables',
    ...{ server, live, incoming, outgoing, properties },
    tables: { live: await among(live), incoming: await among(incoming) },
    triggers: await readCode(session, live, signal, isTriggerOf(tables)),
    keys,
    broken: await brokenKeys(session, live, keys, signal),
    before,
    accounts: await openAccounts(session, server, signal),
    mark: randomUUID(),
  };
  const [problem] = [
    ...lost(step, tables),
    ...(await alteredSince(session, step, made, signal)),
    ...(await differencesOf(session, step, tables, signal)),
    ...(await withoutParents(session, step, signal)),
  ];
  if (problem !== undefined) throw refused(problem);
  return step;
}

async function refuseNames(
  session: SqlSession,
  server: MariadbSettings,
  { incoming, outgoing }: { readonly incoming: string; readonly outgoing: string },
  signal: AbortSignal,
): Promise<void> {
  const otherwise = await whyOtherwiseNamed(session, server.name, signal);
  if (otherwise !== undefined) throw refused(otherwise);
  if (!(await isThere(session, incoming, signal)))
    throw refused(`there is no database "${incoming}" any more`);
  if (await isThere(session, outgoing, signal))
    throw refused(`there is a database "${outgoing}" already`);
}

async function keysOf(
  session: SqlSession,
  live: string,
  tables: readonly string[],
  signal: AbortSignal,
) {
  const { keys, abroad } = await readForeignKeys(session, live, tables, signal);
  const [one] = abroad;
  if (one !== undefined) throw refused(`${one.words}: drop it first, and make it again afterwards`);
  return keys;
}

/** What was altered while they were loaded, as an index, they do not have. */
async function alteredSince(
  session: SqlSession,
  { live, tables }: ExchangeTables,
  made: NonNullable<KeptCode['live']>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const words: string[] = [];
  for (const { table, definition } of made) {
    if (!tables.live.includes(table)) continue;
    if ((await definitionOf(session, named(live, table), signal)) === definition) continue;
    words.push(`the live table "${table}" was altered while it was loaded: try again`);
  }
  return words;
}

function lost({ tables: { live, incoming } }: ExchangeTables, tables: readonly string[]) {
  const known = new Set([...live, ...incoming]);
  return tables
    .filter((table) => !known.has(table))
    .map((table) => `table "${table}" is not there any more`);
}

/** Foreign keys that would lead to a table which is nowhere then. */
async function withoutParents(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { tables } = step;
  const coming = new Set(tables.incoming);
  const going = new Set(tables.live.filter((table) => !coming.has(table)));
  const there = new Set([...(await theirTables(session, step.live, signal)), ...tables.incoming]);
  return [
    ...step.keys
      .filter(({ table, parent }) => going.has(parent) && !going.has(table))
      .map(
        (key) =>
          `the foreign key "${key.name}" of table "${key.table}" leads to "${key.parent}", which would go: drop it first`,
      ),
    ...keysAfter(step)
      .filter(({ parent }) => !there.has(parent))
      .map(
        (key) =>
          `the foreign key "${key.name}" of table "${key.table}" leads to "${key.parent}", which is not there: bring it back together with "${key.parent}"`,
      ),
  ];
}

/** It answers. */
export async function checkTables(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  const server = serverIn(item);
  using session = await openSession(server, signal, server.name);
  await asking(signal, session.query('SELECT 1', signal));
}

/** What was built and did not become live. */
export async function clearTables(item: ExchangeItem, signal: AbortSignal): Promise<void> {
  const { incoming } = item;
  if (incoming !== undefined) await dropOurs(serverIn(item), incoming, signal, awaitServer);
}
