import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { Preflight } from '../source.ts';
import { captureNotes } from './capture-notes.ts';
import { howFarTried } from './how-far-tried.ts';
import { isIn } from './list-objects.ts';
import { openDatabase } from './open-database.ts';
import { dumpDenials } from './privileges.ts';
import { readObjects } from './read-objects.ts';
import { asking } from './sessions.ts';
import { type MariadbSourceSettings, serverOf } from './settings.ts';
import { findTools } from './tools.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [] };

/** What a dump would take, by what its tables take on disk. */
export async function preflightMariadb(
  source: string,
  settings: MariadbSourceSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  const server = serverOf(settings);
  try {
    using session = await openDatabase(source, server, signal);
    const tools = await findTools(source, session, signal);
    const about = { source, database: server.name, tools };
    return await asking(signal, look(session, server, about, signal));
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { ...nothing, problem: failureOf(error) };
  }
}

async function look(
  session: SqlSession,
  server: MariadbSettings,
  about: Parameters<typeof captureNotes>[0],
  signal: AbortSignal,
): Promise<Preflight> {
  const [denial] = await dumpDenials(session, server, signal);
  if (denial !== undefined) throw denial;
  const objects = await readObjects(session, server.name, signal);
  const [row] = await session.query(sizeSql(server.name), signal);
  const contentBytes = Number(row?.['bytes'] ?? 0);
  // Beside the tables: facts, views, code.
  const files = objects.tables.length + 3;
  const notes = await captureNotes(about, session, objects, signal);
  const warnings = [...howFarTried(session), ...notes];
  return { contentBytes, files, scratchBytes: contentBytes, warnings };
}

/** Without indexes, which are made anew; as text rows take about what their pages do, and twice that in hex. */
function sizeSql(database: string): string {
  const inHex = `SELECT c.table_name FROM information_schema.columns c
    WHERE ${isIn('c.table_schema', database)} AND c.data_type RLIKE 'blob|binary|point|polygon|geom'`;
  return `SELECT SUM(data_length * (1 + (table_name IN (${inHex})))) AS bytes
    FROM information_schema.tables WHERE ${isIn('table_schema', database)}`;
}
