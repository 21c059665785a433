import { identifier } from '../../databases/mariadb/quote.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';

export interface Checked {
  readonly tables: number;
  /** Each with what the server says of it. */
  readonly damaged: readonly string[];
  /** What could not be looked at. */
  readonly notes: readonly string[];
}

/** Reads every table with all its indexes, also those of the server itself. */
export async function checkTables(
  session: SqlSession,
  onBytes: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Checked> {
  const rows = await session.query(
    `SELECT table_schema AS home, table_name AS name,
       COALESCE(data_length, 0) + COALESCE(index_length, 0) AS bytes FROM information_schema.tables
     WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
       AND table_schema NOT IN ('information_schema', 'performance_schema') ORDER BY 1, 2`,
    signal,
  );
  const [damaged, notes]: [string[], string[]] = [[], []];
  const total = rows.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  let done = 0;
  for (const { home, name, bytes } of rows) {
    const table = `${identifier(home ?? '')}.${identifier(name ?? '')}`;
    const { problem, note } = await checkTable(session, table, signal);
    if (problem !== undefined) damaged.push(`${home}.${name}: ${problem}`);
    if (note !== undefined) notes.push(`table ${home}.${name} could not be checked: ${note}`);
    done += Number(bytes);
    onBytes(done, total);
  }
  return { tables: rows.length - notes.length, damaged, notes };
}

/** Of an engine whose plugin this server has not loaded. */
const unknownEngine = '1286';

async function checkTable(
  session: SqlSession,
  table: string,
  signal: AbortSignal,
): Promise<{ readonly problem?: string; readonly note?: string }> {
  try {
    const rows = await session.query(`CHECK TABLE ${table}`, signal);
    const of = (kind: string): string | undefined =>
      rows.find((row) => (row['Msg_type'] ?? '').toLowerCase() === kind)?.['Msg_text'] ?? undefined;
    const [problem, note] = [of('error'), of('note')];
    if (problem?.includes('Unknown storage engine') === true) return { note: problem };
    const status = of('status');
    if (problem !== undefined) return { problem };
    if (note !== undefined) return { note };
    return status === 'OK' || status === 'Table is already up to date'
      ? {}
      : { problem: status ?? of('warning') ?? 'it says nothing of it' };
  } catch (error) {
    // It lives, and answers so of this table.
    if (!(error instanceof SqlError)) throw error;
    return error.code === unknownEngine ? { note: error.message } : { problem: error.message };
  }
}
