import { KedgeError } from '../../../../protocol/failures.ts';
import { productOf } from '../../../databases/mariadb/product.ts';
import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { type CodeObject, wordCode } from '../code-object.ts';
import { writeCodeTable } from '../code-table.ts';
import { createCode, missingCode } from '../create-code.ts';
import { wordPlace } from '../database-place.ts';
import { createDatabase } from '../database-properties.ts';
import { dropTriggers, isTriggerOf } from '../drop-triggers.ts';
import { inTurn } from '../in-turn.ts';
import { readCode } from '../read-code.ts';
import { dropDatabase, named, rename, shutOut } from '../rename-step.ts';
import { differencesOf } from './differences.ts';
import {
  type ExchangeTables,
  inMoves,
  keysAfter,
  outMoves,
  soundKeysAfter,
  triggersAfter,
} from './exchange-step.ts';
import {
  addKeys,
  dropKeys,
  type ForeignKey,
  findOrphans,
  missingKeys,
  readForeignKeys,
} from './foreign-keys.ts';
import { raiseNumbers, raiseSequences } from './raise-numbers.ts';

export async function exchangeTables(step: ExchangeTables, signal: AbortSignal): Promise<void> {
  await inTurn(step, async (session) => await exchange(session, step, signal), signal);
}

async function exchange(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  const { live, incoming, tables, keys } = step;
  await makeOutgoing(session, step, signal);
  await raiseSequences(session, step, signal);
  await shutOut(step, signal);
  await refuseChanged(session, step, signal);
  await raiseNumbers(session, step, signal);
  await dropTriggers(session, live, tables.live, signal);
  await dropKeys(session, live, keys, signal);
  await rename(session, [...outMoves(step), ...inMoves(step)], signal);
  await addKeys(session, live, keysAfter(step), signal);
  await refuseOrphans(session, live, soundKeysAfter(step), signal);
  for (const { from, objects } of triggersAfter(step))
    await createCode(session, { database: live, from, objects }, signal);
  await refuseLost(session, step, signal);
  await session.query(`USE ${identifier('information_schema')}`, signal);
  await dropDatabase(session, incoming, signal);
}

/** The first thing that is done: where it is not there, nothing was. */
async function makeOutgoing(
  session: SqlSession,
  { live, outgoing, properties, triggers, keys, broken }: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  beforeOperation('make undo database', outgoing);
  await createDatabase(session, outgoing, properties, signal);
  await writeCodeTable(session, outgoing, { from: live, objects: triggers, keys, broken }, signal);
}

/** What came since it was looked at would be lost. */
async function refuseChanged(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  const { server, live, outgoing, tables, triggers } = step;
  const all = [...new Set([...tables.live, ...tables.incoming])];
  const found = await readCode(session, live, signal, isTriggerOf(all));
  const { keys, abroad } = await readForeignKeys(session, live, all, signal);
  const differences = await differencesOf(session, step, all, signal);
  const isSame =
    sameSet(found, triggers) &&
    sameSet(keys, step.keys) &&
    abroad.length + differences.length === 0;
  if (isSame) return;
  // Nothing was changed yet: going back must not make what is there as it was before.
  await dropDatabase(session, outgoing, signal);
  const why = 'one of the tables, or what belongs to them, was changed in this moment; try again';
  throw new KedgeError('busy', { what: `exchanging tables of the ${wordPlace(server)}`, why });
}

function sameSet(one: readonly object[], other: readonly object[]): boolean {
  const words = (all: readonly object[]): string =>
    JSON.stringify(all.map((each) => JSON.stringify(Object.entries(each).toSorted())).toSorted());
  return words(one) === words(other);
}

/** From now on the keys hold for what is written; this is for what was there. */
async function refuseOrphans(
  session: SqlSession,
  live: string,
  keys: readonly ForeignKey[],
  signal: AbortSignal,
): Promise<void> {
  beforeOperation('check foreign keys', live);
  for (const key of keys) {
    const found = await findOrphans(session, key, (table) => named(live, table), signal);
    if (found === undefined) continue;
    const { table, parent, count, examples } = found;
    const why = `${count} rows of "${table}" would point to rows of "${parent}" that are not there (${examples.join('; ')})`;
    throw new KedgeError('restore-refused', { why });
  }
}

async function refuseLost(
  session: SqlSession,
  step: ExchangeTables,
  signal: AbortSignal,
): Promise<void> {
  const made = triggersAfter(step).flatMap(({ objects }): readonly CodeObject[] => objects);
  const [trigger] = await missingCode(session, step.live, made, signal);
  const [key] = await missingKeys(session, step.live, keysAfter(step), signal);
  if (trigger === undefined && key === undefined) return;
  const what = trigger === undefined ? `foreign key "${key?.name}"` : wordCode(trigger);
  const why = `${what} was made in the ${wordPlace(step.server)} and is not there`;
  throw new KedgeError('database-failed', { product: productOf(session), why });
}
