import { KedgeError } from '../../../protocol/failures.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { beforeOperation } from '../../os/faults.ts';
import { type CodeObject, wordCode } from './code-object.ts';
import { type KeptCode, readCodeTable, writeCodeTable } from './code-table.ts';
import { createCode, dropCode, isOnceOnly, missingCode } from './create-code.ts';
import { wordPlace } from './database-place.ts';
import { alterDatabase, createDatabase } from './database-properties.ts';
import { inTurn } from './in-turn.ts';
import { codeIn, theirTables } from './list-objects.ts';
import { readCode } from './read-code.ts';
import {
  dropDatabase,
  inMoves,
  outMoves,
  type RenameTables,
  rename,
  shutOut,
} from './rename-step.ts';
import { giveRoutineGrants } from './routine-grants.ts';
import { settleDefaults } from './sequence-defaults.ts';
import { settleKeys } from './tables/settle-keys.ts';

export async function renameTables(step: RenameTables, signal: AbortSignal): Promise<void> {
  await inTurn(step, async (session) => await exchange(session, step, signal), signal);
}

async function exchange(
  session: SqlSession,
  step: RenameTables,
  signal: AbortSignal,
): Promise<void> {
  const { live, incoming, properties } = step;
  const coming = await readCodeTable(session, incoming, signal);
  await makeOutgoing(session, step, signal);
  await shutOut(step, signal);
  await refuseChanged(session, step, signal);
  // A table does not leave its database with a trigger, and code would be of both.
  await dropCode(session, live, signal);
  await rename(session, [...outMoves(step), ...inMoves(step)], signal);
  await alterDatabase(session, live, properties.incoming, signal);
  await settleDefaults(session, live, incoming, signal);
  await settleKeys(session, live, incoming, signal);
  await makeCode(session, step, coming, signal);
  await dropDatabase(session, incoming, signal);
}

/** The first thing that is done: where it is not there, nothing was. */
async function makeOutgoing(
  session: SqlSession,
  { live, outgoing, wasThere, properties, code }: RenameTables,
  signal: AbortSignal,
): Promise<void> {
  beforeOperation('make undo database', outgoing);
  await createDatabase(session, outgoing, properties.live, signal);
  await writeCodeTable(session, outgoing, { from: live, objects: code }, signal);
  if (!wasThere) await createDatabase(session, live, properties.live, signal);
}

/** What came since it was looked at is in no undo. */
async function refuseChanged(
  session: SqlSession,
  { server, live, wasThere, outgoing, tables, code }: RenameTables,
  signal: AbortSignal,
): Promise<void> {
  const found = await theirTables(session, live, signal);
  const foundCode = await readCode(session, live, signal);
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
  if (same(found, tables.live) && same(foundCode.map(howMade), code.map(howMade))) return;
  // Nothing was changed yet: going back must not make what is there as it was before.
  if (wasThere) await dropDatabase(session, outgoing, signal);
  const why = 'tables or code of it were made, changed or dropped in this moment; try again';
  throw new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
}

/** All that the server says of it, its columns left out: those of a view are in its text. */
function howMade({ columns: _, isBroken: __, ...object }: CodeObject): string {
  return JSON.stringify(Object.entries(object).toSorted());
}

/** Of what came in; also who may call what of it. */
async function makeCode(
  session: SqlSession,
  { live, grants, server }: RenameTables,
  coming: KeptCode,
  signal: AbortSignal,
): Promise<void> {
  const onBroken = (view: CodeObject, why: string): void => {
    if (view.isDoubtful === true) return;
    throw new KedgeError('database-failed', { product: productOf(session), why });
  };
  await createCode(session, { database: live, ...coming, onBroken }, signal);
  const missing = await missingCode(session, live, coming.objects, signal);
  const lost = missing.find((object) => !isOnceOnly(object) && object.isDoubtful !== true);
  if (lost !== undefined) {
    const why = `${wordCode(lost)} was made in the ${wordPlace(server)} and is not there`;
    throw new KedgeError('database-failed', { product: productOf(session), why });
  }
  const there = await codeIn(session, live, signal);
  await giveRoutineGrants(session, live, { grants, there }, signal);
}
