import type { SqlSession } from '../../databases/sql-session.ts';
import { isMysql } from './sessions.ts';

/** Said wherever a person decides to rely on it. */
export function howFarTried(session: Pick<SqlSession, 'version'>): readonly string[] {
  return isMysql(session)
    ? [
        'MySQL: written by its manual and run against MariaDB only, not yet run against MySQL: try a restore before you rely on it',
      ]
    : [];
}
