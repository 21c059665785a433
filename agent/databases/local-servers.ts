import { findLocalMariadb } from './mariadb/local-mariadb.ts';
import { findLocalPostgres } from './postgres/local-postgres.ts';
import { findLocalSqlserver } from './sqlserver/local-sqlserver.ts';

/** A database server of this machine, and what lets Kedge back up and restore a database in it. */
export interface LocalServer {
  /** "PostgreSQL", "MariaDB". */
  readonly product: string;
  /** Where it listens, for the eye. */
  readonly socket: string;
  /** For its superuser: makes a role that may no more than it has to. Words in capitals are to be replaced. */
  readonly sql: readonly string[];
  /** What then belongs under "sources", as JSON. */
  readonly source: string;
  /** Instead of single databases, for all that the server has, accounts and settings among it; absent: not known how. */
  readonly whole?: { readonly sql: readonly string[]; readonly source: string };
  /** The same under "services", where its unit is known. */
  readonly service?: string;
}

/** Those whose sockets lie where their packages put them. `user`: that Kedge runs as, by which a socket knows it. */
export async function findLocalServers(user: string): Promise<readonly LocalServer[]> {
  return [
    ...(await findLocalPostgres(user)),
    ...findLocalMariadb(user),
    ...findLocalSqlserver(user),
  ];
}
