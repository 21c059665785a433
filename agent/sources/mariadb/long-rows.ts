import type { SqlSession } from '../../databases/sql-session.ts';
import type { TableFacts } from './dump-facts.ts';

const mebibyte = 1024 * 1024;
/** As much as `mariadb-dump` writes into one statement of more than one row. */
export const alwaysTaken = mebibyte;
/** Names of the table and its columns before the row. */
const namesBytes = 64 * 1024;

/**
 * Why tables of a dump do not come into this server: it breaks off what is sent to it with a longer row. Bytes are twice
 * as long in a dump as when their application wrote them, so that an application works with less than a restore takes.
 */
export async function longRows(
  tables: readonly TableFacts[],
  session: SqlSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const long = tables.filter(({ longestLine }) => longestLine !== undefined);
  if (long.length === 0) return new Map();
  const [row] = await session.query('SELECT @@GLOBAL.max_allowed_packet AS bytes', signal);
  const taken = Number(row?.['bytes'] ?? 0);
  const most = Math.max(...long.map(neededFor));
  const how = `SET GLOBAL max_allowed_packet = ${most}; and the same in its configuration`;
  return new Map(
    long
      .filter((table) => neededFor(table) > taken)
      .map((table) => [
        table.table,
        `rows of it take up to ${neededFor(table) / mebibyte} MiB at once, and this server takes ${Math.floor(taken / mebibyte)} MiB (${how})`,
      ]),
  );
}

/** Whole ones of what it counts in. */
function neededFor({ longestLine = 0 }: TableFacts): number {
  return Math.ceil((longestLine + namesBytes) / mebibyte) * mebibyte;
}

/** The same in words, for each table. */
export async function wordLongRows(
  tables: readonly TableFacts[],
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await longRows(tables, session, signal);
  return [...found].map(([table, why]) => `table "${table}": ${why}`);
}
