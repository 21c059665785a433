import type { TableChange } from '../../../../protocol/domain/restore.ts';
import type { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { columnDifference } from '../../dumps/column-difference.ts';
import { undoneChange } from '../../dumps/table-merges.ts';
import { asking, openSession } from '../sessions.ts';
import { compareRows } from './compare-rows.ts';
import { comparedColumns, readShapes, type TableShape } from './table-shape.ts';

/** Tables that an undo keeps in a database of their own. */
export interface KeptTables {
  readonly server: MariadbSettings;
  readonly database: string;
  readonly tables: readonly string[];
}

export async function compareKeptTables(
  { server, database, tables }: KeptTables,
  signal: AbortSignal,
): Promise<readonly TableChange[]> {
  using session = await openSession(server, signal);
  const kept = await asking(signal, readShapes(session, database, tables, signal));
  const live = await asking(signal, readShapes(session, server.name, tables, signal));
  const changes: TableChange[] = [];
  for (const table of tables) {
    const both = { kept: kept.get(table), live: live.get(table) };
    changes.push(await asking(signal, compareOne(session, table, both, signal)));
  }
  return changes;
}

async function compareOne(
  session: SqlSession,
  table: string,
  { kept, live }: { readonly kept: TableShape | undefined; readonly live: TableShape | undefined },
  signal: AbortSignal,
): Promise<TableChange> {
  if (kept !== undefined && live !== undefined) {
    const problem = columnDifference(...comparedColumns(kept, live));
    if (problem !== undefined) return { table, backupRows: 0, liveRows: 0, problem };
    return undoneChange(table, await compareRows(session, kept.quoted, live, signal));
  }
  const backupRows = await rowsOf(session, kept, signal);
  const liveRows = await rowsOf(session, live, signal);
  const problem = 'it is not there any more';
  if (kept === undefined && live === undefined) return { table, backupRows, liveRows, problem };
  // Where none was live then, what came goes.
  return { table, backupRows, liveRows, inserted: liveRows, changed: 0, deleted: backupRows };
}

async function rowsOf(
  session: SqlSession,
  shape: TableShape | undefined,
  signal: AbortSignal,
): Promise<number> {
  if (shape === undefined) return 0;
  const [row] = await session.query(`SELECT COUNT(*) AS counted FROM ${shape.quoted}`, signal);
  return Number(row?.['counted'] ?? 0);
}
