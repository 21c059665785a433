import { existsSync } from 'node:fs';
import type { LocalServer } from '../local-servers.ts';
import { howFarTried } from './how-far-tried.ts';
import { usualPort } from './open-session.ts';
import { identifier } from './quote.ts';

/** Where Microsoft's packages put the server. */
const program = '/opt/mssql/bin/sqlservr';
/** Made by the admin, for both: the server's own folders are closed to others. */
const folder = '/var/opt/mssql/exchange';
/** The unit of those packages; of Windows, where Kedge does not run, there is none. */
const unit = 'mssql-server.service';

/** By its program: it has no socket, and nobody is asked, as nobody may be let in yet. */
export function findLocalSqlserver(user: string, place = program): readonly LocalServer[] {
  if (!existsSync(place)) return [];
  const own = identifier(user);
  const password = { file: '/etc/kedge/PASSWORD-FILE' };
  const exchange = { server: folder, here: folder };
  const source = { engine: 'sqlserver', database: 'NAME', user, password, exchange };
  const database = { engine: 'sqlserver', name: 'NAME', user, password };
  const probes = [{ kind: 'sql' }];
  const service = { manager: 'systemd', unit, role: 'database', database, probes };
  return [
    {
      product: 'SQL Server',
      socket: `localhost:${usualPort}`,
      sql: [
        `-- ${howFarTried}`,
        `-- in a shell, as root: install -d -o mssql -g mssql -m 2770 ${folder} && usermod -aG mssql ${user}`,
        `CREATE LOGIN ${own} WITH PASSWORD = N'PASSWORD';`,
        // To look into backups, and make the new database beside the live one.
        `ALTER SERVER ROLE dbcreator ADD MEMBER ${own};`,
        `GRANT ALTER ANY CONNECTION TO ${own};`,
        `GRANT VIEW SERVER STATE TO ${own};`,
        `USE [NAME]; CREATE USER ${own} FOR LOGIN ${own}; ALTER ROLE db_owner ADD MEMBER ${own};`,
      ],
      source: `"database": ${JSON.stringify(source)}`,
      service: `"database": ${JSON.stringify(service)}`,
    },
  ];
}
