import { createHash } from 'node:crypto';

/** Of names that any file system takes, with room for what is put behind them. */
const plain = /^[\p{L}\p{N}_$-]{1,60}$/u;
const keptCharacters = 40;

/** The same for a table in every backup, whatever other tables there are. */
export function tableFile(table: string): string {
  if (plain.test(table)) return `${table}.sql`;
  const mark = createHash('sha256').update(table).digest('hex').slice(0, 8);
  const readable = [...table.replaceAll(/[^\p{L}\p{N}_$-]/gu, '_')].slice(0, keptCharacters);
  return `${readable.join('')}-${mark}.sql`;
}
