import { mysqlTried } from '../../databases/mariadb/local-mysql.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isMysql } from './sessions.ts';

export function howFarTried(session: Pick<SqlSession, 'version'>): readonly string[] {
  return isMysql(session) ? [mysqlTried] : [];
}
