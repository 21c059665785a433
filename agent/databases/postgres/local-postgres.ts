import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LocalServer } from '../local-servers.ts';
import { type DebianCluster, findDebianCluster } from './debian-cluster.ts';
import { usualPlace } from './postgres-server.ts';
import { identifier } from './quote.ts';

/** A socket for each server, named by its port; nobody is asked, as nobody may be let in yet. */
export async function findLocalPostgres(
  user: string,
  folder = dirname(usualPlace.socket),
  clusters?: string,
): Promise<readonly LocalServer[]> {
  const names = await readdir(folder).catch(() => []);
  const sockets = names.filter((name) => /^\.s\.PGSQL\.\d+$/.test(name)).toSorted();
  return await Promise.all(
    sockets.map(async (name) => {
      const cluster = await findDebianCluster(name.split('.').at(-1) ?? '', clusters);
      return serverAt(join(folder, name), user, cluster);
    }),
  );
}

function serviceOf(unit: string, login: object): string {
  const database = { engine: 'postgres', name: 'NAME', ...login };
  return `"database": ${JSON.stringify({ manager: 'systemd', role: 'database', unit, database })}`;
}

function serverAt(socket: string, user: string, cluster: DebianCluster | undefined): LocalServer {
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
    whole: {
      // To be sent its files; to be told where they lie.
      sql: [`CREATE ROLE ${role} LOGIN REPLICATION;`, `GRANT pg_monitor TO ${role};`],
      source: `"server": ${JSON.stringify({ engine: 'postgres-server', data: cluster?.data ?? 'DATA_FOLDER', ...reach, user })}`,
    },
    ...(cluster === undefined ? {} : { service: serviceOf(cluster.unit, { ...reach, user }) }),
  };
}
