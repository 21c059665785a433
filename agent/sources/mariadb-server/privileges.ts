import { KedgeError } from '../../../protocol/failures.ts';
import { ownAccount } from '../../databases/mariadb/accounts.ts';
import { hasGlobalRight, readGrants } from '../../databases/mariadb/grants.ts';
import { product } from '../../databases/mariadb/open-session.ts';
import { account } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';

/** Each by all the names that it had. Source: MariaDB, "mariadb-backup, Authentication and Privileges". */
const needed = [
  { names: ['RELOAD'], forWhat: 'hold off other writers for a moment' },
  { names: ['PROCESS'], forWhat: 'see what InnoDB does' },
  { names: ['LOCK TABLES'], forWhat: 'lock tables without transactions' },
  {
    names: ['BINLOG MONITOR', 'REPLICATION CLIENT', 'SUPER'],
    forWhat: 'see the position of the binary log',
  },
] as const;

/** What keeps Kedge's account from copying the server, each with the SQL that would let it. */
export async function copyDenials(
  session: SqlSession,
  user: string,
  signal: AbortSignal,
): Promise<readonly KedgeError[]> {
  const grants = await readGrants(session, signal);
  const own = account(await ownAccount(session, signal));
  return needed
    .filter(({ names }) => !names.some((name) => hasGlobalRight(grants, name)))
    .map(
      ({ names: [name], forWhat }) =>
        new KedgeError('database-denied', {
          product,
          user,
          what: `${forWhat} (${name})`,
          grant: `GRANT ${name} ON *.* TO ${own};`,
        }),
    );
}
