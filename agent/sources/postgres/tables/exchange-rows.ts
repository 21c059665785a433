import * as z from 'zod';
import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import { PostgresSettings } from '../../../databases/postgres/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { wordPlace } from '../database-place.ts';
import { asking, awaitSession } from '../sessions.ts';
import { besideName, imageOf, listed, makeBeside, sameKey } from './beside.ts';
import { compareRows } from './compare-rows.ts';
import { type ExchangeNotes, notedKey, readNotes, writeNotes } from './exchange-notes.ts';
import { addWords, dropWords, type ForeignKey, readForeignKeys } from './foreign-keys.ts';
import { type LiveTable, readLiveTables } from './live-tables.ts';
import { namingHolders } from './lock-holders.ts';
import { moveTable, refuseReaders } from './move-tables.ts';
import { endLost, nameSession } from './own-sessions.ts';
import { readQuieting } from './quiet-table.ts';
import { raiseSequences } from './raise-sequences.ts';

/**
 * The rows of live tables go into the schema `outgoing`, those of `incoming` become live, in one transaction which makes
 * the one schema and drops the other: by which of them is there it is known whether it was done. Tables that are on one
 * side only change places as a whole; the notes of `incoming` name them.
 */
export const ExchangeRows = z.object({
  kind: z.literal('exchange-rows'),
  server: PostgresSettings,
  /** "public.visit", in the order of the tables that the schemas hold. */
  tables: z.array(z.string()).readonly(),
  incoming: z.string(),
  outgoing: z.string(),
  /** Names its sessions in the server, and no others. Absent: it was begun by a version whose sessions had no name. */
  mark: z.string().optional(),
});
export type ExchangeRows = z.infer<typeof ExchangeRows>;

export async function exchangeRows(step: ExchangeRows, signal: AbortSignal): Promise<void> {
  const { server, tables, incoming, outgoing } = step;
  using session = await awaitSession(server, server.name, signal);
  const order = { server, tables, incoming, outgoing };
  await asking(signal, nameSession(session, step, signal));
  await asking(
    signal,
    exchange(session, order, signal).catch(async (error: unknown) => {
      throw await namingHolders(error, session, tables, signal);
    }),
  );
}

/** Back, wherever it stood; may be repeated. What was written since goes with what was brought back. */
export async function exchangeRowsBack(step: ExchangeRows, signal: AbortSignal): Promise<void> {
  const { server, tables, incoming, outgoing } = step;
  using session = await awaitSession(server, server.name, signal);
  await asking(signal, nameSession(session, step, signal));
  await asking(signal, endLost(session, step, signal));
  await asking(signal, awaitOthers(session, step, signal));
  if (!(await asking(signal, hasSchema(session, outgoing, signal)))) return;
  // Then that one is of another Kedge's exchange, of the same millisecond.
  if (await asking(signal, hasSchema(session, incoming, signal))) return;
  const back = { server, tables, incoming: outgoing, outgoing: incoming };
  await asking(signal, exchange(session, back, signal));
}

/** A session that was lost may be committing yet: whether it did is known when its locks are gone. */
async function awaitOthers(
  session: SqlSession,
  { tables, incoming, outgoing }: ExchangeRows,
  signal: AbortSignal,
): Promise<void> {
  const live = await readLiveTables(session, signal);
  const names = tables.flatMap((name) => live.get(name)?.quoted ?? []);
  const locked = names.map((name) => `ONLY ${name}`).join(', ');
  const locking = names.length === 0 ? '' : `LOCK TABLE ${locked} IN ACCESS SHARE MODE;`;
  await session.query(`BEGIN; ${lockWords(incoming, outgoing)}; ${locking} COMMIT`, signal);
}

/** Of one exchange, there or back: tables that come have no live one to be locked. */
function lockWords(...schemas: readonly [string, string]): string {
  const name = schemas.toSorted().join(' ');
  return `SELECT pg_advisory_xact_lock(hashtextextended(${literal(name)}, 0))`;
}

/** Services are down: who holds a table now is no client of theirs. */
const lockWithin = '30s';

async function exchange(
  session: SqlSession,
  order: Omit<ExchangeRows, 'kind' | 'mark'>,
  signal: AbortSignal,
): Promise<void> {
  const { server, tables, incoming, outgoing } = order;
  beforeOperation('exchange rows', tables.join(', '));
  await session.query(`BEGIN; SET LOCAL lock_timeout = '${lockWithin}'`, signal);
  await session.query(lockWords(incoming, outgoing), signal);
  // What is checked at the end of a transaction would stand in the way of what is changed at the tables.
  await session.query('SET CONSTRAINTS ALL IMMEDIATE', signal);
  const notes = await readNotes(session, incoming, signal);
  const going = new Set(notes.absent.map(({ table }) => table));
  const coming = new Set(notes.comes.map(({ table }) => table));
  const there = tables.filter((table) => !coming.has(table));
  const live = await lockTables(session, server, there, signal);
  const keys = await keysOf(session, live, signal);
  const parted = keys.filter(({ from, to }) => going.has(from.table) || going.has(to.table));
  refuseStrays(parted, going, notes);
  await session.query(`CREATE SCHEMA ${identifier(outgoing)}`, signal);
  const kept = going.size === 0 ? notes.keys : parted.map(notedKey);
  const back = { comes: notes.absent, absent: notes.comes, keys: kept };
  await writeNotes(session, outgoing, back, signal);
  await queryAll(session, dropWords(keys), signal);
  const leaving = live.filter(({ table }) => going.has(table));
  await refuseReaders(session, leaving, signal);
  for (const table of live) {
    if (going.has(table.table)) continue;
    const index = tables.indexOf(table.table);
    const names = { from: besideName(incoming, index), to: besideName(outgoing, index) };
    await exchangeTable(session, table, names, signal);
  }
  for (const table of notes.absent) await moveTable(session, table, { to: outgoing }, signal);
  for (const table of notes.comes) await moveTable(session, table, { from: incoming }, signal);
  beforeOperation('check foreign keys', tables.join(', '));
  const staying = keys.filter((key) => !parted.includes(key));
  await queryAll(session, addWords(staying), signal);
  const made = coming.size === 0 ? [] : notes.keys.flatMap(({ sql }) => sql);
  await queryAll(session, made, signal);
  await session.query(`DROP SCHEMA ${identifier(incoming)} CASCADE`, signal);
  beforeOperation('commit rows', tables.join(', '));
  await session.query('COMMIT', signal);
  beforeOperation('exchanged rows', tables.join(', '));
}

async function keysOf(
  session: SqlSession,
  live: readonly LiveTable[],
  signal: AbortSignal,
): Promise<readonly ForeignKey[]> {
  const oids = live.map(({ oid }) => oid);
  return oids.length === 0 ? [] : await readForeignKeys(session, oids, signal);
}

/** Nobody has noted those that came since; they would be lost. */
function refuseStrays(
  parted: readonly ForeignKey[],
  going: ReadonlySet<string>,
  { keys }: ExchangeNotes,
): void {
  const stray = parted.find(
    ({ name, from }) =>
      !going.has(from.table) && !keys.some((key) => key.name === name && key.table === from.table),
  );
  if (stray === undefined) return;
  const why = `the foreign key "${stray.name}" of table "${stray.from.table}" leads to "${stray.to.table}", which would go: drop it first`;
  throw new KedgeError('restore-refused', { why });
}

async function lockTables(
  session: SqlSession,
  server: PostgresSettings,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<readonly LiveTable[]> {
  const found = (known: ReadonlyMap<string, LiveTable>): readonly LiveTable[] =>
    tables.map((name) => {
      const table = known.get(name);
      if (table !== undefined) return table;
      const why = `there is no table "${name}" in the ${wordPlace(server)} any more`;
      throw new KedgeError('restore-refused', { why });
    });
  if (tables.length === 0) return [];
  const names = found(await readLiveTables(session, signal)).map(({ quoted }) => `ONLY ${quoted}`);
  await session.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`, signal);
  // As they are now that nobody changes them any more.
  return found(await readLiveTables(session, signal));
}

async function exchangeTable(
  session: SqlSession,
  live: LiveTable,
  { from, to }: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  const columns = listed(live);
  await makeBeside(session, to, live, false, signal);
  await session.query(insertAll(to, `ONLY ${live.quoted}`, columns), signal);
  const { off, on } = await readQuieting(session, live, signal);
  await queryAll(session, off, signal);
  await queryAll(session, changeWords(from, live, columns), signal);
  await queryAll(session, on, signal);
  await raiseSequences(session, live, signal);
  await refuseDifferent(session, from, live, signal);
}

/** Numbers that the server would give come along. Of a table without columns a row is a row. */
function insertAll(to: string, from: string, columns: string, where = ''): string {
  const into = columns === '' ? to : `${to} (${columns}) OVERRIDING SYSTEM VALUE`;
  return `INSERT INTO ${into} SELECT ${columns} FROM ${from} s ${where}`;
}

/** Rows that are the same stay where they are: what a transaction before this one sees is never an empty table. */
function changeWords(from: string, live: LiveTable, columns: string): readonly string[] {
  const { quoted } = live;
  if (live.key.length === 0)
    return [`DELETE FROM ONLY ${quoted}`, insertAll(quoted, from, columns)];
  const same = sameKey(live, 's', 'l');
  const image = `${imageOf(live, 's')} OPERATOR(pg_catalog.*=) ${imageOf(live, 'l')}`;
  return [
    `DELETE FROM ONLY ${quoted} l WHERE NOT EXISTS (SELECT FROM ${from} s WHERE ${same} AND ${image})`,
    insertAll(
      quoted,
      from,
      columns,
      `WHERE NOT EXISTS (SELECT FROM ONLY ${quoted} l WHERE ${same})`,
    ),
  ];
}

/** A trigger of the server's own, or a rule, may have had its way. */
async function refuseDifferent(
  session: SqlSession,
  from: string,
  live: LiveTable,
  signal: AbortSignal,
): Promise<void> {
  const { inserted, overwritten, deleted } = await compareRows(session, from, live, signal);
  if (inserted + overwritten + deleted === 0) return;
  const why = `the rows of table "${live.table}" are not those that were to come back`;
  throw new KedgeError('restore-refused', { why });
}

async function queryAll(
  session: SqlSession,
  statements: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const statement of statements) await session.query(statement, signal);
}

export async function hasSchema(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const sql = `SELECT FROM pg_namespace WHERE nspname = ${literal(name)}`;
  return (await session.query(sql, signal)).length > 0;
}
