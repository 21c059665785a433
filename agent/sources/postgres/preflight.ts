import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { Preflight } from '../source.ts';
import { openDatabase } from './capture.ts';
import { dumpDenials } from './privileges.ts';
import { asking } from './sessions.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';
import { findTools, majorOf, newerTools } from './tools.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [] };

/** What a dump would take, by what its tables take on disk. */
export async function preflightPostgres(
  source: string,
  settings: PostgresSourceSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  const server = serverOf(settings);
  try {
    using session = await openDatabase(source, server, signal);
    const major = majorOf(session.version);
    const newer = newerTools(source, await findTools(source, major, signal), major);
    const found = await asking(signal, look(session, server, signal));
    return newer === undefined ? found : { ...found, warnings: [...found.warnings, newer] };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { ...nothing, problem: failureOf(error) };
  }
}

async function look(
  session: SqlSession,
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  const [denial] = await dumpDenials(session, server, signal);
  if (denial !== undefined) throw denial;
  const [row] = await session.query(sizeSql, signal);
  const contentBytes = Number(row?.['bytes'] ?? 0);
  // Beside the tables: facts, roles, list of contents.
  const files = Number(row?.['tables'] ?? 0) + 3;
  return { contentBytes, files, scratchBytes: contentBytes, warnings: [] };
}

/**
 * Without indexes, which are made anew; as text rows take about what their pages do. The sizes of single tables are not
 * asked for: that waits for whoever has locked one.
 */
const sizeSql = `SELECT pg_database_size(current_database())
    - sum(CASE WHEN c.relkind = 'i' THEN c.relpages::bigint ELSE 0 END)
      * current_setting('block_size')::int AS bytes,
    count(*) FILTER (WHERE c.relkind = 'r' AND c.relpersistence <> 't'
      AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema') AS tables
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`;
