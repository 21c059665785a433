import type { PostgresSourceSettings } from '../../agent/sources/postgres/settings.ts';
import { DatabaseFixture } from './database-fixture.ts';
import type { TestPostgres } from './private-postgres.ts';

/** An application of one database in a PostgreSQL server of the tests. */
export function postgresApp(
  server: TestPostgres,
  database: string,
  changes: Partial<PostgresSourceSettings> = {},
): DatabaseFixture {
  const reached = { engine: 'postgres', socket: server.socket, user: 'postgres' };
  const source = { ...reached, database, ...changes };
  return new DatabaseFixture({ server, source, service: { ...reached, name: database } });
}
