import type { TableChange } from '../../../../protocol/domain/restore.ts';
import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../../databases/postgres/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { undoneChange } from '../../dumps/table-merges.ts';
import { isOurs, undoSuffix } from '../../name-beside.ts';
import { keptNameOf } from '../database-place.ts';
import { asking, isNoDatabase, openMaintenance, openSession } from '../sessions.ts';
import { besideName } from './beside.ts';
import { compareRows } from './compare-rows.ts';
import { readNotes } from './exchange-notes.ts';
import { hasSchema } from './exchange-rows.ts';
import { dropSchema } from './exchange-tables.ts';
import { readLiveTables } from './live-tables.ts';

/** Tables that an undo keeps in a schema of the live database. */
export interface KeptTables {
  readonly server: PostgresSettings;
  readonly schema: string;
  readonly tables: readonly string[];
}

export async function compareKeptTables(
  { server, schema, tables }: KeptTables,
  signal: AbortSignal,
): Promise<readonly TableChange[]> {
  using session = await openSession(server, server.name, signal);
  const live = await asking(signal, readLiveTables(session, signal));
  const { comes, absent } = await asking(signal, readNotes(session, schema, signal));
  const changes: TableChange[] = [];
  for (const [index, table] of tables.entries()) {
    const now = live.get(table);
    const back = comes.find((one) => one.table === table);
    const isGoing = absent.some((one) => one.table === table);
    if (back !== undefined && now === undefined) {
      const kept = `${identifier(schema)}.${identifier(back.name)}`;
      const rows = await asking(signal, rowsOf(session, kept, signal));
      changes.push(undoneChange(table, { ...unchanged, besideRows: rows, inserted: rows }));
      continue;
    }
    if (isGoing && now !== undefined) {
      const rows = await asking(signal, rowsOf(session, now.quoted, signal));
      changes.push(undoneChange(table, { ...unchanged, liveRows: rows, deleted: rows }));
      continue;
    }
    if (now === undefined) {
      changes.push({ table, backupRows: 0, liveRows: 0, problem: 'it is not there any more' });
      continue;
    }
    const found = await asking(
      signal,
      compareRows(session, besideName(schema, index), now, signal),
    );
    changes.push(undoneChange(table, found));
  }
  return changes;
}

const unchanged = { besideRows: 0, liveRows: 0, inserted: 0, overwritten: 0, deleted: 0 };

async function rowsOf(session: SqlSession, table: string, signal: AbortSignal): Promise<number> {
  const [row] = await session.query(`SELECT count(*) AS rows FROM ONLY ${table}`, signal);
  return Number(row?.['rows'] ?? 0);
}

/** Also false where a whole database took the place of that in which they were. */
export async function areTablesKept(
  { server, schema }: Omit<KeptTables, 'tables'>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    using session = await openSession(server, server.name, signal);
    return await asking(signal, hasSchema(session, schema, signal));
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    return false;
  }
}

export async function keptTablesBytes(
  { server, schema }: Omit<KeptTables, 'tables'>,
  signal: AbortSignal,
): Promise<number> {
  using session = await openSession(server, server.name, signal);
  const sql = `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bytes FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname = ${literal(schema)}`;
  const [row] = await asking(signal, session.query(sql, signal));
  return Number(row?.['bytes'] ?? 0);
}

/** For good; fails while it may come back with a whole database. */
export async function removeKeptTables(
  kept: Omit<KeptTables, 'tables'>,
  signal: AbortSignal,
): Promise<void> {
  const { server, schema } = kept;
  if (await areTablesKept(kept, signal)) return await dropSchema(server, schema, signal);
  const [database] = await closedSince(kept, signal);
  if (database === undefined) return;
  const why = `schema "${schema}" went into database "${database}", which the undo of a whole restore keeps closed; it can go once that undo is gone or done`;
  throw new KedgeError('busy', { what: 'removing what an undo of tables keeps', why });
}

/** What undos keep of this database as it was at some time after the schema was made. */
async function closedSince(
  { server, schema }: Omit<KeptTables, 'tables'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  using session = await openMaintenance(server, signal);
  const sql = `SELECT datname FROM pg_database WHERE datname LIKE '%kedge_undo_%' ORDER BY datname`;
  const rows = await asking(signal, session.query(sql, signal));
  const before = keptNameOf(server, 0).slice(0, -undoSuffix(0).length);
  const [made = ''] = /[0-9]+$/.exec(schema) ?? [];
  return rows
    .map(({ datname }) => datname ?? '')
    .filter((name) => isOurs(name) && name.startsWith(`${before}undo_`))
    .filter((name) => name.slice(`${before}undo_`.length) >= made);
}
