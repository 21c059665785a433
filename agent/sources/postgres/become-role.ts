import type { SqlSession } from '../../databases/sql-session.ts';
import { majorOf } from './tools.ts';

/** From 16 on a member of a role may inherit what it may, and yet not become it. */
export function isBefore16({ version }: Pick<SqlSession, 'version'>): boolean {
  return majorOf(version) < 16;
}

/** What `pg_has_role` is asked of whoever makes something another role's own, or acts as that. */
export function toBecome(session: Pick<SqlSession, 'version'>): 'SET' | 'MEMBER' {
  return isBefore16(session) ? 'MEMBER' : 'SET';
}
