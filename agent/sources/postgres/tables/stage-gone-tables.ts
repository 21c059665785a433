import { KedgeError } from '../../../../protocol/failures.ts';
import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { withOrphans } from '../../dumps/table-merges.ts';
import { writeNotes } from './exchange-notes.ts';
import { type GoneKeys, sortKeys, wordLost } from './gone-keys.ts';
import type { GoneKey, GoneTable } from './gone-table.ts';
import type { RowsOfThen } from './load-table.ts';
import { makeGoneTable } from './make-gone-table.ts';
import { moveTable } from './move-tables.ts';
import { insteadOfGone, type RefusedTable } from './wanted-tables.ts';

interface Staged {
  readonly gone: readonly GoneTable[];
  /** Where rows of tables that are live stand, by the names of these. */
  readonly beside: ReadonlyMap<string, string>;
  readonly incoming: string;
}

/** Tables of which none is live, into the schema of those that come. Answers what does not come back with them. */
export async function stageGoneTables(
  session: PostgresSession,
  { gone, beside, incoming }: Staged,
  rows: RowsOfThen,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (gone.length === 0) return [];
  const notes: string[] = [];
  for (const table of gone) {
    beforeOperation('make table', table.then.table);
    const lost = await makeGoneTable(session, table, rows, signal);
    notes.push(...lost.map((words) => `table "${table.then.table}": ${words}`));
    const heir = await whyNotAlone(session, table, signal);
    if (heir !== undefined) refuseFirst([{ table: table.then.table, problem: heir }]);
  }
  const keys = await sortKeys(session, gone, beside, signal);
  refuseFirst(refusedKeys(keys));
  for (const table of gone) await moveTable(session, noted(table), { to: incoming }, signal);
  const kept = keys.possible.map(({ from, name, sql }) => ({
    table: from.table,
    name,
    sql: [...sql],
  }));
  await writeNotes(session, incoming, { comes: gone.map(noted), absent: [], keys: kept }, signal);
  return [...notes, ...keys.lost.map(wordLost)];
}

const noted = ({ then: { table }, schema, name }: GoneTable) => ({ table, schema, name });

/** Its rows would be seen in another table while it is made. */
export async function whyNotAlone(
  session: SqlSession,
  { quoted }: GoneTable,
  signal: AbortSignal,
): Promise<string | undefined> {
  const sql = `SELECT inhparent::regclass::text AS parent FROM pg_inherits WHERE inhrelid = ${literal(quoted)}::regclass`;
  const [row] = await session.query(sql, signal);
  if (row === undefined) return undefined;
  return `it inherits from "${row['parent']}" and is not in the live database any more: ${insteadOfGone}`;
}

export function wordMissing({ name, to }: GoneKey): string {
  return `its foreign key "${name}" leads to "${to.table}", which is not there: bring back both, or load it beside (--beside)`;
}

function refusedKeys({ missing, orphans }: GoneKeys): readonly RefusedTable[] {
  return [
    ...missing.map((key) => ({ table: key.from.table, problem: wordMissing(key) })),
    ...orphans.reduce(withOrphans, []).map(({ table, problem = '' }) => ({ table, problem })),
  ];
}

export function refuseFirst([first]: readonly RefusedTable[]): void {
  if (first === undefined) return;
  throw new KedgeError('restore-refused', { why: `table "${first.table}": ${first.problem}` });
}
