import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { literal } from '../../databases/postgres/quote.ts';
import { endSessions } from '../../databases/postgres/sessions.ts';
import { PostgresSettings } from '../../databases/postgres/settings.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { beforeOperation } from '../../os/faults.ts';
import { allow, rename } from './create-database.ts';
import { wordPlace } from './database-place.ts';
import { asking, awaitMaintenance, lockWithinMs } from './sessions.ts';

/**
 * The database `live` becomes `outgoing`, `incoming` becomes `live`, in one transaction. By the numbers they had before
 * is known which is which, whatever they are called after a crash; without one there was none.
 */
export const RenameDatabases = z.object({
  kind: z.literal('rename-databases'),
  server: PostgresSettings,
  live: z.string(),
  liveOid: z.string().optional(),
  incoming: z.string().optional(),
  incomingOid: z.string().optional(),
  outgoing: z.string(),
});
export type RenameDatabases = z.infer<typeof RenameDatabases>;

export async function renameDatabases(step: RenameDatabases, signal: AbortSignal): Promise<void> {
  const { server, live, liveOid, incoming, incomingOid, outgoing } = step;
  using session = await awaitMaintenance(server, signal);
  await asking(signal, waitToBeAlone(session, live, signal));
  const numbers = [
    ...(liveOid === undefined ? [] : [{ name: live, oid: liveOid }]),
    ...(incoming === undefined || incomingOid === undefined
      ? []
      : [{ name: incoming, oid: incomingOid }]),
  ];
  const exchange = [
    ...(liveOid === undefined ? [] : [rename(live, outgoing)]),
    ...(incoming === undefined ? [] : [rename(incoming, live), allow(live, true)]),
  ];
  const names = liveOid === undefined ? [] : [live];
  await asking(signal, exchangeNames(session, { server, fence: names, exchange, numbers }, signal));
}

/** Back, wherever it stood; may be repeated. Clients get in again. */
export async function renameDatabasesBack(
  step: RenameDatabases,
  signal: AbortSignal,
): Promise<void> {
  const { server, live, liveOid, incoming, incomingOid, outgoing } = step;
  using session = await awaitMaintenance(server, signal);
  await asking(signal, waitToBeAlone(session, live, signal));
  const nameOf = async (oid: string | undefined) =>
    oid === undefined ? undefined : await nameByOid(session, oid, signal);
  const [old, come] = [await nameOf(liveOid), await nameOf(incomingOid)];
  const isIn = come === live && incoming !== undefined;
  // Another Kedge may have put its own in the place of the live one.
  const isFree = isIn || !(await isTaken(session, live, signal));
  const exchange = [
    ...(isIn ? [rename(live, incoming)] : []),
    ...(old === outgoing && isFree ? [rename(outgoing, live)] : []),
    ...(old === undefined ? [] : [allow(live, true)]),
  ];
  await asking(
    signal,
    exchangeNames(session, { server, fence: isIn ? [live] : [], exchange, numbers: [] }, signal),
  );
}

/** An exchange takes far less; the session of a machine that lost its power may stay for hours. */
const aloneWithinMs = 10_000;
/** lock_not_available */
const lockTimeout = '55P03';

/**
 * Until the session ends no other Kedge exchanges this database: between its look at what is live and its shutting of
 * that, what this one brought in could have become live, and would be shut while it is tried. Who holds it too long is
 * no reason to stand still with the services down: what else is looked at keeps the data whole.
 */
async function waitToBeAlone(
  session: SqlSession,
  live: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.query(`SET lock_timeout = ${aloneWithinMs}`, signal);
    await session.query(aloneWords(live), signal);
  } catch (error) {
    if (!(error instanceof SqlError) || error.code !== lockTimeout) throw error;
  }
  await session.query(`SET lock_timeout = ${lockWithinMs}`, signal);
}

export function aloneWords(live: string): string {
  return `SELECT pg_advisory_lock(hashtextextended(${literal(`kedge exchange ${live}`)}, 0))`;
}

interface Exchange {
  readonly server: PostgresSettings;
  /** From which everybody is kept out first. */
  readonly fence: readonly string[];
  /** All of them, or none. */
  readonly exchange: readonly string[];
  /** Which databases must have these names before it. */
  readonly numbers: readonly { readonly name: string; readonly oid: string }[];
}

/** object_in_use: somebody came in before it was closed, or a worker of the server looks at it. */
const inUse = '55006';
const triesAtMost = 20;
const pauseMs = 100;

/** The first statement that changes anything shuts clients out: from there on recovery lets them in again. */
async function exchangeNames(
  session: SqlSession,
  order: Exchange,
  signal: AbortSignal,
): Promise<void> {
  const { server, fence, exchange } = order;
  // Who comes second should not shut out the first one, which tries what it brought in just now.
  await refuseOthers(session, order, signal);
  for (const name of fence) {
    beforeOperation('close database', name);
    await session.query(allow(name, false), signal);
  }
  for (let tries = 1; ; tries += 1) {
    for (const name of fence) await endSessions(session, { name, user: server.user }, signal);
    try {
      await refuseOthers(session, order, signal);
      return await inOne(session, exchange, signal);
    } catch (error) {
      const isBusy = error instanceof SqlError && error.code === inUse;
      if (!isBusy || tries === triesAtMost) throw error;
      await session.query('ROLLBACK', signal);
      await wait(pauseMs, undefined, { signal });
    }
  }
}

/** Another Kedge, or somebody by hand, may have given the names to others since they were looked at. */
async function refuseOthers(
  session: SqlSession,
  { server, numbers }: Exchange,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, oid } of numbers) {
    if ((await nameByOid(session, oid, signal)) === name) continue;
    const why = `the database "${name}" is another one now than when this began`;
    throw new KedgeError('busy', { what: `exchanging the ${wordPlace(server)}`, why });
  }
}

async function isTaken(session: SqlSession, name: string, signal: AbortSignal): Promise<boolean> {
  const sql = `SELECT FROM pg_database WHERE datname = ${literal(name)}`;
  return (await session.query(sql, signal)).length > 0;
}

async function inOne(
  session: SqlSession,
  statements: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (statements.length === 0) return;
  beforeOperation('rename database', statements.join('; '));
  await session.query('BEGIN', signal);
  for (const statement of statements) await session.query(statement, signal);
  beforeOperation('commit renames', statements.join('; '));
  await session.query('COMMIT', signal);
  beforeOperation('renamed database', statements.join('; '));
}

async function nameByOid(
  session: SqlSession,
  oid: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const sql = `SELECT datname FROM pg_database WHERE oid::text = ${literal(oid)}`;
  const [row] = await session.query(sql, signal);
  return row?.['datname'] ?? undefined;
}
