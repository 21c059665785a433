import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlRow, SqlSession } from '../../../databases/sql-session.ts';
import { isIn } from '../list-objects.ts';
import { named } from '../rename-step.ts';
import { isMysql } from '../sessions.ts';
import type { ExchangeTables } from './exchange-step.ts';
import { readShapes } from './table-shape.ts';

type Exchanged = Pick<ExchangeTables, 'live' | 'incoming' | 'tables'>;

/** Numbers that a live table gave stay given; what comes in goes on behind them. */
export async function raiseNumbers(
  session: SqlSession,
  { live, incoming, tables }: Exchanged,
  signal: AbortSignal,
): Promise<void> {
  // It would answer what it knew a day ago.
  if (isMysql(session))
    await session.query('SET SESSION information_schema_stats_expiry = 0', signal);
  const now = await readShapes(session, live, tables.incoming, signal);
  const coming = await readShapes(session, incoming, tables.incoming, signal);
  for (const [table, { quoted, nextNumber = 0n }] of coming) {
    const given = now.get(table)?.nextNumber ?? 0n;
    if (given > nextNumber)
      await session.query(`ALTER TABLE ${quoted} AUTO_INCREMENT = ${given}`, signal);
  }
}

/** Sequences from which they take give none that came back. They are never lowered, so nothing takes this back. */
export async function raiseSequences(
  session: SqlSession,
  { incoming, tables }: Pick<Exchanged, 'incoming' | 'tables'>,
  signal: AbortSignal,
): Promise<void> {
  const coming = new Set(tables.incoming);
  const rows = await session.query(
    `SELECT table_name AS tab, column_name AS col, column_default AS def
     FROM information_schema.columns WHERE ${isIn('table_schema', incoming)}
       AND LOWER(column_default) LIKE 'nextval(%'`,
    signal,
  );
  for (const { tab, col, def } of rows) {
    const [, sequence] = /^nextval\((`(?:[^`]|``)+`\.`(?:[^`]|``)+`)\)$/i.exec(def ?? '') ?? [];
    if (sequence === undefined || !coming.has(tab ?? '')) continue;
    const from = `FROM ${named(incoming, tab ?? '')}`;
    const [most] = await session.query(
      `SELECT MAX(${identifier(col ?? '')}) AS most ${from}`,
      signal,
    );
    const [of] = await session.query(
      `SELECT increment AS step, maximum_value AS most FROM ${sequence}`,
      signal,
    );
    if (isRaised(most?.['most'], of))
      // Answers nothing where it would be lowered.
      await session.query(`SELECT SETVAL(${sequence}, ${most?.['most']})`, signal);
  }
}

/** It counts upwards, and still can. */
function isRaised(given: string | null | undefined, { step, most }: SqlRow = {}): boolean {
  if (!/^\d+$/.test(given ?? '') || Number(step ?? 0) <= 0) return false;
  return BigInt(given ?? 0) <= BigInt(most ?? 0);
}
