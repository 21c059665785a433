import { literal } from '../../../databases/postgres/quote.ts';
import { exchangeProgram } from '../../../databases/postgres/sessions.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';

interface Marked {
  readonly mark?: string | undefined;
}

/** By this a later recovery knows it again. */
export async function nameSession(
  session: SqlSession,
  { mark }: Marked,
  signal: AbortSignal,
): Promise<void> {
  if (mark === undefined) return;
  await session.query(`SET application_name = ${literal(exchangeProgram + mark)}`, signal);
}

/**
 * Ends sessions of the same exchange that were lost: a server that has not heard that the machine of its client is
 * gone keeps their locks until TCP gives up. Their mark is that of one exchange of one installation.
 */
export async function endLost(
  session: SqlSession,
  { mark }: Marked,
  signal: AbortSignal,
): Promise<void> {
  if (mark === undefined) return;
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ${literal(exchangeProgram + mark)} AND pid <> pg_backend_pid()
      AND usename = session_user AND datname = current_database()`;
  await session.query(sql, signal);
}
