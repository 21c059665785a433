import type { TableMerge } from '../../../../protocol/domain/restore-order.ts';
import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { literal } from '../../../databases/postgres/quote.ts';
import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import type { Work } from '../../../os/work.ts';
import { mergeOf, refusedMerge, withOrphans } from '../../dumps/table-merges.ts';
import { sortKeys, wordLost } from './gone-keys.ts';
import type { GoneTable } from './gone-table.ts';
import { makeGoneTable } from './make-gone-table.ts';
import { whyNotAlone, wordMissing } from './stage-gone-tables.ts';
import type { TablePart } from './table-part.ts';
import { insteadOfGone } from './wanted-tables.ts';

interface Looked {
  readonly gone: readonly GoneTable[];
  /** Where rows of tables that are live stand, by the names of these. */
  readonly beside: ReadonlyMap<string, string>;
}

/** Each is made under its own name in the session's transaction, which is rolled back. */
export async function planGoneTables(
  part: TablePart,
  session: PostgresSession,
  { gone, beside }: Looked,
  work: Work,
): Promise<readonly TableMerge[]> {
  const { signal } = work;
  let merged: readonly TableMerge[] = [];
  const made: GoneTable[] = [];
  for (const table of gone) {
    const one = await tryOne(part, session, table, work);
    merged = [...merged, one];
    if (one.problem === undefined) made.push(table);
  }
  if (made.length === 0) return merged;
  const { lost, missing, orphans } = await sortKeys(session, made, beside, signal);
  for (const key of missing) merged = withProblem(merged, key.from.table, wordMissing(key));
  for (const each of lost) {
    const whose = made.find(({ then: { table } }) => table === each.key.to.table);
    merged = withExample(merged, whose?.then.table ?? each.key.from.table, wordLost(each));
  }
  return orphans.reduce(withOrphans, merged);
}

async function tryOne(
  { archived, facts }: TablePart,
  session: PostgresSession,
  gone: GoneTable,
  { signal, progress }: Work,
): Promise<TableMerge> {
  const { table, rows = 0 } = gone.then;
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    progress(`read ${table} for a look`, done, 0);
  };
  await session.query('SAVEPOINT gone', signal);
  try {
    const lost = await makeGoneTable(session, gone, { archived, facts, onBytes }, signal);
    const alone = await whyNotAlone(session, gone, signal);
    if (alone !== undefined) return refusedMerge(table, alone);
    const without = await goneDependents(session, gone, signal);
    const difference = {
      besideRows: rows,
      liveRows: 0,
      inserted: rows,
      overwritten: 0,
      deleted: 0,
    };
    return mergeOf(table, difference, [...lost, ...without]);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SqlError)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT gone', signal);
    const why = `it is not in the live database any more and can't be made again: ${error.message}`;
    return refusedMerge(table, `${why}: ${insteadOfGone}`);
  }
}

/** What was dropped with it is no part of it. */
async function goneDependents(
  session: SqlSession,
  { dependents }: GoneTable,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const words: string[] = [];
  for (const { kind, quoted, name } of dependents) {
    const find = kind === 'FUNCTION' || kind === 'PROCEDURE' ? 'to_regprocedure' : 'to_regclass';
    const [row] = await session.query(`SELECT ${find}(${literal(quoted)}) AS there`, signal);
    if (row?.['there'] === null)
      words.push(`${kind.toLowerCase()} "${name}" depended on it and does not come back`);
  }
  return words;
}

function withProblem(
  merged: readonly TableMerge[],
  table: string,
  problem: string,
): readonly TableMerge[] {
  return merged.map((one) => (one.table === table ? { ...one, problem } : one));
}

function withExample(
  merged: readonly TableMerge[],
  table: string,
  example: string,
): readonly TableMerge[] {
  return merged.map((one) =>
    one.table === table ? { ...one, examples: [...one.examples, example] } : one,
  );
}
