import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { isIn } from '../list-objects.ts';
import { named } from '../rename-step.ts';
import { addKeys, dropKeys, type ForeignKey, indexFor } from './foreign-keys.ts';

/**
 * A foreign key follows the table that it leads to, and stays where it was when there was none: then it names the
 * database in which its own table was made. Made anew it leads into that where the table is.
 */
export async function settleKeys(
  session: SqlSession,
  live: string,
  from: string,
  signal: AbortSignal,
): Promise<void> {
  const tables = await session.query(
    `SELECT DISTINCT table_name AS name FROM information_schema.key_column_usage
     WHERE ${isIn('table_schema', live)} AND ${isIn('referenced_table_schema', from)} ORDER BY 1`,
    signal,
  );
  for (const { name } of tables) {
    const table = name ?? '';
    const [row = {}] = await session.query(`SHOW CREATE TABLE ${named(live, table)}`, signal);
    const keys = keysInto(from, table, row['Create Table'] ?? '');
    await dropKeys(session, live, keys, signal);
    await addKeys(session, live, keys, signal);
  }
}

const keyPattern = /^ {2}CONSTRAINT `((?:[^`]|``)+)` FOREIGN KEY (\((.*?)\) REFERENCES .*?),?$/gm;
const quoted = /`((?:[^`]|``)+)`/g;

function keysInto(from: string, table: string, made: string): readonly ForeignKey[] {
  const there = ` REFERENCES ${identifier(from)}.`;
  return [...made.matchAll(keyPattern)]
    .filter(([, , definition = '']) => definition.includes(there))
    .map(([, name = '', definition = '', listed = '']) => {
      const columns = [...listed.matchAll(quoted)].map(([, column = '']) => bare(column));
      const index = indexFor(columns, { made });
      return {
        ...{ name: bare(name), table, parent: '', columns, parentColumns: [] },
        definition: definition.replace(there, () => ' REFERENCES '),
        ...(index === undefined ? {} : { index }),
      };
    });
}

const bare = (name: string): string => name.replaceAll('``', '`');
