import { isThisMachine } from '../../databases/place-of.ts';
import { literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { exists } from '../../os/files.ts';
import type { DumpFacts } from './dump-facts.ts';
import { openMaintenance } from './sessions.ts';

const answerMs = 10_000;

/** One with nothing in it has its own catalogues. */
const emptyBytes = 8 * 1024 * 1024;
/** Of each row, beside its values. Source: PostgreSQL manual, 73.6 "Database Page Layout". */
const rowBytes = 28;
/** Indexes and what pages leave free, beside what a dump takes. */
const timesOfDump = 2;

/** What a database that is made of a dump may take. */
export function bytesMadeOf(dumpBytes: number, { tables }: DumpFacts): number {
  const rows = tables.reduce((sum, each) => sum + (each.rows ?? 0), 0);
  return emptyBytes + timesOfDump * dumpBytes + rowBytes * rows;
}

/** The folder where the database lies, where that is on this machine and the role may know of it. */
export async function serverSpace(server: PostgresSettings): Promise<string | undefined> {
  if (!isThisMachine(server.host)) return undefined;
  const signal = AbortSignal.timeout(answerMs);
  try {
    using session = await openMaintenance(server, signal);
    const folder = (await tablespaceOf(server, session, signal)) ?? (await dataOf(session, signal));
    return folder && (await exists(folder)) ? folder : undefined;
  } catch {
    // What keeps it from answering is found by the plan's other questions.
    return undefined;
  }
}

/** Only of one of its own: the usual one is where the server has its data. */
async function tablespaceOf(
  { name }: PostgresSettings,
  session: SqlSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [row] = await session.query(
    `SELECT nullif(pg_tablespace_location(dattablespace), '') AS folder FROM pg_database
     WHERE datname = ${literal(name)}`,
    signal,
  );
  return row?.['folder'] ?? undefined;
}

async function dataOf(session: SqlSession, signal: AbortSignal): Promise<string | undefined> {
  // SHOW would be refused to most roles, and each time stand as an error in the log of the server.
  const sql = "SELECT setting AS folder FROM pg_settings WHERE name = 'data_directory'";
  const [row] = await session.query(sql, signal);
  return row?.['folder'] ?? undefined;
}
