import { literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';

/**
 * How amounts of the type `money` stand in a dump is a setting, which no dump names: read by another one "1.234,56" is
 * another amount, or none. Undefined: no column has that type. Source: PostgreSQL manual, 8.2 "Monetary Types".
 */
export async function monetaryOf(
  session: SqlSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [row] = await session.query(
    `SELECT current_setting('lc_monetary') AS monetary
     WHERE EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE a.attnum > 0 AND NOT a.attisdropped
         AND ('money'::regtype IN (t.oid, t.typelem, t.typbasetype) OR t.typbasetype = 'money[]'::regtype))`,
    signal,
  );
  return row?.['monetary'] ?? undefined;
}

/** Of programs that read such a dump; it goes before what is set of the database. */
export function readingMoney(monetary: string | undefined): Readonly<Record<string, string>> {
  if (monetary === undefined) return {};
  // Of libpq: options are parted by blanks.
  return { PGOPTIONS: `-c lc_monetary=${monetary.replaceAll(/[\\\s]/g, String.raw`\$&`)}` };
}

/** Of a session that does. */
export async function readMoney(
  session: SqlSession,
  monetary: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (monetary === undefined) return;
  await session.query(`SET lc_monetary = ${literal(monetary)}`, signal);
}
