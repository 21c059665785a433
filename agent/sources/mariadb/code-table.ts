import * as z from 'zod';
import { identifier } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { CodeObject } from './code-object.ts';
import { ownTables } from './list-objects.ts';
import { ForeignKey } from './tables/foreign-keys.ts';

/** Beside tables that are not live: the code that belongs to them. It can't be there itself, as it names its database. */
export const KeptCode = z.object({
  /** The database in which it was read. */
  from: z.string(),
  objects: z.array(CodeObject).readonly(),
  /** Where they are single tables: foreign keys that they had. */
  keys: z.array(ForeignKey).readonly().optional(),
  /** Of these and others those that their rows did not hold to: to bring that back is to bring back what was. */
  broken: z.array(ForeignKey).readonly().optional(),
  /** How the live tables were made when these were made like them. Absent: they were live themselves. */
  live: z
    .array(z.object({ table: z.string(), definition: z.string() }))
    .readonly()
    .optional(),
});
export type KeptCode = z.infer<typeof KeptCode>;

/** Well below what a server takes in one statement, as hex. */
const partBytes = 256 * 1024;

export async function writeCodeTable(
  session: SqlSession,
  database: string,
  code: KeptCode,
  signal: AbortSignal,
): Promise<void> {
  const table = `${identifier(database)}.${identifier(ownTables.code)}`;
  await session.query(
    `CREATE TABLE ${table} (n INT PRIMARY KEY, part LONGBLOB NOT NULL) ENGINE = InnoDB`,
    signal,
  );
  const text = Buffer.from(JSON.stringify(code));
  for (let n = 0; n * partBytes < text.length; n += 1) {
    const part = text.subarray(n * partBytes, (n + 1) * partBytes).toString('hex');
    await session.query(`INSERT INTO ${table} VALUES (${n}, X'${part}')`, signal);
  }
}

export async function readCodeTable(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<KeptCode> {
  const rows = await session.query(
    `SELECT HEX(part) AS part FROM ${identifier(database)}.${identifier(ownTables.code)} ORDER BY n`,
    signal,
  );
  const text = Buffer.from(rows.map(({ part }) => part ?? '').join(''), 'hex').toString();
  return KeptCode.parse(JSON.parse(text));
}
