import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import type { DumpEntry } from '../read-contents.ts';
import type { GoneTable } from './gone-table.ts';
import { copyRows, type RowsOfThen } from './load-table.ts';

/**
 * Makes it under its own name with all that is its own but foreign keys, and its rows. In the session's transaction, so
 * that nobody sees it there. Answers what does not come back, in words.
 */
export async function makeGoneTable(
  session: PostgresSession,
  gone: GoneTable,
  rows: RowsOfThen,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const entry of gone.before) lost.push(...(await makeEntry(session, entry, signal)));
  await copyRows(session, gone.quoted, gone.then, rows, signal);
  for (const entry of gone.after) lost.push(...(await makeEntry(session, entry, signal)));
  await session.query(`ANALYZE ${gone.quoted}`, signal);
  return lost;
}

async function makeEntry(
  session: SqlSession,
  entry: DumpEntry,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (entry.kind === 'PUBLICATION TABLE') return await publish(session, entry, signal);
  const { tablespace, accessMethod } = entry;
  await session.query(`SET LOCAL default_tablespace = ${literal(tablespace)}`, signal);
  if (accessMethod !== '')
    await session.query(`SET LOCAL default_table_access_method = ${literal(accessMethod)}`, signal);
  for (const sql of [entry.definition, ...ownerWords(entry)]) await session.query(sql, signal);
  return [];
}

/** A sequence of an identity column is its table's. */
function ownerWords({ kind, schema, tag, owner, definition }: DumpEntry): readonly string[] {
  const isOwned =
    kind === 'TABLE' ||
    kind === 'STATISTICS' ||
    (kind === 'SEQUENCE' && definition.startsWith('CREATE '));
  if (!isOwned || owner === '') return [];
  return [`ALTER ${kind} ${identifier(schema)}.${identifier(tag)} OWNER TO ${identifier(owner)}`];
}

/** A publication may be gone, or somebody else's. */
async function publish(
  session: SqlSession,
  { tag, definition }: DumpEntry,
  signal: AbortSignal,
): Promise<readonly string[]> {
  await session.query('SAVEPOINT publishing', signal);
  try {
    await session.query(definition, signal);
    return [];
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT publishing', signal);
    return [`it is not published again ("${tag}"): ${error.message}`];
  }
}
