import { existsSync } from 'node:fs';

const programsOfMariadb = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/bin/mariadbd'];
const programsOfMysql = ['/usr/sbin/mysqld', '/usr/libexec/mysqld', '/usr/bin/mysqld'];

/** Both listen at the same place, and MariaDB's program has the name of the other one too. */
export function isMysqlHere(isThere: (path: string) => boolean = existsSync): boolean {
  return !programsOfMariadb.some(isThere) && programsOfMysql.some(isThere);
}

/** Said wherever a person decides to rely on it. */
export const mysqlTried =
  'MySQL: written by its manual and run against MariaDB only, not yet run against MySQL: try a restore before you rely on it';

/** What is said in other words there, for `own`; rights in databases are the same. */
export function mysqlWords(own: string) {
  return {
    create: `CREATE USER ${own} IDENTIFIED WITH auth_socket; -- once before: INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';`,
    global: `GRANT PROCESS, CONNECTION_ADMIN, CREATE USER, SHOW_ROUTINE, SET_ANY_DEFINER, REPLICATION CLIENT ON *.* TO ${own}; -- before 8.2: SET_USER_ID instead of SET_ANY_DEFINER; before 8.0: PROCESS, SUPER, CREATE USER`,
  };
}
