import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import type { LiveTable } from './live-tables.ts';

/**
 * Why the server lets nobody delete rows of it: a publication may say so. Asked without a delete, which would wake triggers; in
 * a transaction.
 */
export async function whyNoDeletes(
  session: SqlSession,
  { quoted }: LiveTable,
  signal: AbortSignal,
): Promise<string | undefined> {
  await session.query('SAVEPOINT deleting', signal);
  try {
    await session.query(`EXPLAIN DELETE FROM ONLY ${quoted}`, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT deleting', signal);
    if (!identityCodes.has(error.code)) return undefined;
    return `it is published, and the server says: ${error.message}: take it out of the publication meanwhile, or give it a replica identity (ALTER TABLE ${quoted} REPLICA IDENTITY FULL;)`;
  }
}

/** object_not_in_prerequisite_state, invalid_column_reference. Source: PostgreSQL, CheckCmdReplicaIdentity. */
const identityCodes = new Set(['55000', '42P10']);
