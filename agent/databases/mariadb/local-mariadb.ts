import { existsSync } from 'node:fs';
import type { LocalServer } from '../local-servers.ts';
import { isMysqlHere, mysqlTried, mysqlWords } from './local-mysql.ts';
import { rightsInDatabase } from './needed-rights.ts';
import { usualPlace } from './open-session.ts';
import { account } from './quote.ts';

/** Where the packages of Debian, Red Hat and MariaDB put it; the first two may lead to one file. */
const sockets = [usualPlace.socket, '/var/lib/mysql/mysql.sock'];

/** Of all packages; whoever has moved it knows. */
const usualData = '/var/lib/mysql';

/** Nobody is asked, as nobody may be let in yet. */
export function findLocalMariadb(
  user: string,
  places: readonly string[] = sockets,
  isMysql = isMysqlHere(),
): readonly LocalServer[] {
  const socket = places.find((place) => existsSync(place));
  return socket === undefined ? [] : [serverAt(socket, user, isMysql)];
}

function serverAt(socket: string, user: string, isMysql: boolean): LocalServer {
  const own = account(`${user}@localhost`);
  const reach = socket === usualPlace.socket ? {} : { socket };
  const rights = rightsInDatabase.join(', ');
  const create = `CREATE USER ${own} IDENTIFIED VIA unix_socket;`;
  const ofMysql = mysqlWords(own);
  return {
    product: isMysql ? 'MySQL' : 'MariaDB',
    socket,
    sql: [
      ...(isMysql ? [`-- ${mysqlTried}`] : []),
      isMysql ? ofMysql.create : create,
      `GRANT ${rights} ON \`NAME\`.* TO ${own};`,
      // Those that are made beside it, while it is brought back and for the undo.
      `GRANT ${rights} ON \`NAME${String.raw`\_\_kedge\_`}%\`.* TO ${own};`,
      // Procedures; who is locked already, and who may call what.
      `GRANT SELECT ON mysql.* TO ${own};`,
      // To see and end connections, lock accounts, make code that runs as others, and see how far a replica is behind.
      ...(isMysql
        ? [ofMysql.global]
        : [
            `GRANT PROCESS, CONNECTION ADMIN, CREATE USER, SET USER, REPLICA MONITOR ON *.* TO ${own};`,
          ]),
    ],
    source: `"database": ${JSON.stringify({ engine: 'mariadb', database: 'NAME', ...reach, user })}`,
    ...(isMysql
      ? {}
      : {
          whole: {
            sql: [create, `GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR ON *.* TO ${own};`],
            source: `"server": ${JSON.stringify({ engine: 'mariadb-server', data: usualData, ...reach, user })}`,
          },
        }),
  };
}
