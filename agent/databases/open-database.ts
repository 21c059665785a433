import type { DatabaseServer } from './database-server.ts';
import { openMariadb } from './mariadb/mariadb-server.ts';
import { openPostgres } from './postgres/postgres-server.ts';
import type { DatabaseSettings } from './settings.ts';
import { openSqlserver } from './sqlserver/sqlserver-server.ts';

/** The registry of database servers: one line each. Nothing is connected yet. */
export function openDatabase(settings: DatabaseSettings): DatabaseServer {
  switch (settings.engine) {
    case 'postgres':
      return openPostgres(settings);
    case 'mariadb':
      return openMariadb(settings);
    case 'sqlserver':
      return openSqlserver(settings);
    default:
      return settings satisfies never;
  }
}
