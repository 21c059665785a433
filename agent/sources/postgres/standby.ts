import type { SqlSession } from '../../databases/sql-session.ts';

/** A server that repeats what another one does, and can be read only. */
export async function isStandby(session: SqlSession, signal: AbortSignal): Promise<boolean> {
  const [row] = await session.query('SELECT pg_is_in_recovery() AS standby', signal);
  return row?.['standby'] === 't';
}
