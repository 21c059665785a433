import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LocalServer } from '../local-servers.ts';
import { usualPlace } from './postgres-server.ts';
import { identifier } from './quote.ts';

/** A socket for each server, named by its port; nobody is asked, as nobody may be let in yet. */
export async function findLocalPostgres(
  user: string,
  folder = dirname(usualPlace.socket),
): Promise<readonly LocalServer[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^\.s\.PGSQL\.\d+$/.test(name))
    .toSorted()
    .map((name) => serverAt(join(folder, name), user));
}

function serverAt(socket: string, user: string): LocalServer {
  const role = identifier(user);
  const reach = socket === usualPlace.socket ? {} : { socket };
  return {
    product: 'PostgreSQL',
    socket,
    sql: [
      // To make the new database beside the live one; to read past row security.
      `CREATE ROLE ${role} LOGIN CREATEDB BYPASSRLS;`,
      `GRANT pg_read_all_stats, pg_signal_backend TO ${role};`,
      // Of itself: 13 has no such role, and what its owners have made is read as their member.
      `GRANT pg_read_all_data TO ${role}; -- from PostgreSQL 14 on`,
      `GRANT OWNER_OF_THE_DATABASE TO ${role};`,
    ],
    source: `"database": ${JSON.stringify({ engine: 'postgres', database: 'NAME', ...reach, user })}`,
  };
}
