import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { writeCodeTable } from '../code-table.ts';
import { createCode, missingCode } from '../create-code.ts';
import { createDatabase } from '../database-properties.ts';
import { dropTriggers, triggersAgain } from '../drop-triggers.ts';
import { inTurn } from '../in-turn.ts';
import { isThere, ownTables, theirTables } from '../list-objects.ts';
import { backMoves, dropDatabase, named, rename, shutOut } from '../rename-step.ts';
import { type ExchangeTables, inMoves, outMoves } from './exchange-step.ts';
import { addKeys, dropKeys, missingKeys, readForeignKeys } from './foreign-keys.ts';

/** Back, wherever it stood; may be repeated. Clients get in again. */
export async function exchangeTablesBack(step: ExchangeTables, signal: AbortSignal): Promise<void> {
  await inTurn(step, async (session) => await goBack(session, step, signal), signal);
}

async function goBack(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  const { live, outgoing, triggers, keys } = step;
  // It is made first, and dropped last.
  if (!(await isThere(session, outgoing, signal))) return;
  await shutOut(step, signal);
  await moveBack(session, step, signal);
  await addKeys(session, live, await missingKeys(session, live, keys, signal), signal);
  await makeTriggersAgain(session, { live, triggers }, signal);
  await session.query(`USE ${identifier('information_schema')}`, signal);
  const left = await theirTables(session, outgoing, signal);
  if (left.length === 0) await dropDatabase(session, outgoing, signal);
}

async function moveBack(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  const { live, incoming, outgoing, tables } = step;
  const moves = await backMoves(
    session,
    { went: outMoves(step), came: inMoves(step), among: [live, incoming, outgoing] },
    signal,
  );
  if (moves.length === 0) return;
  await makeIncomingAgain(session, step, signal);
  const all = [...new Set([...tables.live, ...tables.incoming])];
  await dropTriggers(session, live, all, signal);
  await dropKeys(session, live, (await readForeignKeys(session, live, all, signal)).keys, signal);
  await rename(session, moves, signal);
}

/** With what belonged to its tables: an undo that is taken back may be asked for again. */
async function makeIncomingAgain(
  session: SqlSession,
  { incoming, properties, before }: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  if (!(await isThere(session, incoming, signal)))
    await createDatabase(session, incoming, properties, signal);
  // One of which only half was written looks like a whole one.
  await session.query(`DROP TABLE IF EXISTS ${named(incoming, ownTables.code)}`, signal);
  await writeCodeTable(session, incoming, before, signal);
}

async function makeTriggersAgain(
  session: SqlSession,
  { live, triggers }: Pick<ExchangeTables, 'live' | 'triggers'>,
  signal: AbortSignal,
): Promise<void> {
  const missing = await missingCode(session, live, triggers, signal);
  const objects = triggersAgain(triggers, missing);
  if (objects.length === 0) return;
  const tables = objects.flatMap(({ table }) => table ?? []);
  await dropTriggers(session, live, tables, signal);
  await createCode(session, { database: live, from: live, objects }, signal);
}
