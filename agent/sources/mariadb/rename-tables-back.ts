import type { SqlSession } from '../../databases/sql-session.ts';
import { createCode, dropCode, missingCode } from './create-code.ts';
import { alterDatabase, createDatabase, type DatabaseProperties } from './database-properties.ts';
import { dropTriggers, triggersAgain } from './drop-triggers.ts';
import { inTurn } from './in-turn.ts';
import { codeIn, isThere, theirTables } from './list-objects.ts';
import {
  backMoves,
  dropDatabase,
  inMoves,
  outMoves,
  type RenameTables,
  rename,
  shutOut,
} from './rename-step.ts';
import { giveRoutineGrants } from './routine-grants.ts';

/** Back, wherever it stood; may be repeated. Clients get in again. */
export async function renameTablesBack(step: RenameTables, signal: AbortSignal): Promise<void> {
  await inTurn(step, async (session) => await goBack(session, step, signal), signal);
}

async function goBack(session: SqlSession, step: RenameTables, signal: AbortSignal): Promise<void> {
  const { live, incoming, outgoing, properties } = step;
  // It is made first, and dropped last.
  if (!(await isThere(session, outgoing, signal))) return;
  await shutOut(step, signal);
  const order = { went: outMoves(step), came: inMoves(step), among: [live, incoming, outgoing] };
  const moves = await backMoves(session, order, signal);
  if (moves.length > 0) {
    await makeAgain(session, live, properties.live, signal);
    await dropCode(session, live, signal);
    await makeAgain(session, incoming, properties.incoming, signal);
    await rename(session, moves, signal);
  }
  if (step.wasThere) await takeCodeBack(session, step, signal);
  else await dropEmpty(session, live, signal);
  await dropEmpty(session, outgoing, signal);
}

async function makeAgain(
  session: SqlSession,
  database: string,
  properties: DatabaseProperties,
  signal: AbortSignal,
): Promise<void> {
  if (await isThere(session, database, signal)) return;
  await createDatabase(session, database, properties, signal);
}

async function dropEmpty(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  // Of one that is not listed under this name nobody knows what is in it.
  if (!(await isThere(session, database, signal))) return;
  const left = await theirTables(session, database, signal);
  if (left.length === 0) await dropDatabase(session, database, signal);
}

/** What is missing of it; all views, as some may be stand-ins. */
async function takeCodeBack(
  session: SqlSession,
  { live, properties, code, grants }: RenameTables,
  signal: AbortSignal,
): Promise<void> {
  await alterDatabase(session, live, properties.live, signal);
  const missing = new Set(await missingCode(session, live, code, signal));
  const triggers = triggersAgain(code, [...missing]);
  const tables = triggers.flatMap(({ table }) => table ?? []);
  await dropTriggers(session, live, tables, signal);
  const again = new Set(triggers);
  const objects = code.filter(
    (object) => missing.has(object) || again.has(object) || object.kind === 'view',
  );
  // A way back must not end at a view that no longer can be made.
  const onBroken = (): void => undefined;
  await createCode(session, { database: live, from: live, objects, onBroken }, signal);
  const there = await codeIn(session, live, signal);
  await giveRoutineGrants(session, live, { grants, there }, signal);
}
