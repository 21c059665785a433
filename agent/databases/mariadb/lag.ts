import type { SqlRow, SqlSession } from '../sql-session.ts';
import { wordLag } from '../word-lag.ts';
import { productOf } from './product.ts';

/** How far a replica is behind: '' of all others, and where the account may not see it. */
export async function lagOf(session: SqlSession, signal: AbortSignal): Promise<string> {
  const rows = await askedIn(session, signal);
  if (rows.length === 0) return '';
  const seconds = rows
    .map((row) => said(row, 'Seconds_Behind_'))
    .map((value) => (value === null ? undefined : Number(value)));
  const isFed = rows.every(
    (row) => said(row, '_IO_Running') === 'Yes' && said(row, '_SQL_Running') === 'Yes',
  );
  const known = seconds.filter((each) => each !== undefined);
  const behind = known.length === 0 ? undefined : Math.max(...known);
  return wordLag({ what: 'replica', of: 'primary', isFed, seconds: behind });
}

/** MySQL since 8.0.22, and before; MariaDB has several primaries. */
async function askedIn(session: SqlSession, signal: AbortSignal): Promise<readonly SqlRow[]> {
  const ways =
    productOf(session) === 'MariaDB'
      ? ['SHOW ALL SLAVES STATUS']
      : ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];
  for (const sql of ways) {
    const rows = await session.query(sql, signal).catch(() => undefined);
    signal.throwIfAborted();
    if (rows !== undefined) return rows;
  }
  return [];
}

/** "Slave_IO_Running" is "Replica_IO_Running" in newer ones, and "Seconds_Behind_Master" "..._Source". */
function said(row: SqlRow, part: string): string | null {
  const name = Object.keys(row).find((key) =>
    part.startsWith('_') ? key.endsWith(part) : key.startsWith(part),
  );
  return name === undefined ? null : (row[name] ?? null);
}
