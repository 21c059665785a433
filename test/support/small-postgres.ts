import type { DatabaseFixture } from './database-fixture.ts';
import { postgresApp } from './postgres-app.ts';
import type { TestPostgres } from './private-postgres.ts';

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

/** A database of its own with one table of so many rows. */
export function smallDatabase(
  server: TestPostgres,
  rows = 3,
  name = `small_${numbers.next().value}`,
): DatabaseFixture {
  server.sql(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  server.sql(
    `CREATE TABLE visit (id int PRIMARY KEY, what text);
    INSERT INTO visit SELECT n, 'visit ' || n FROM generate_series(1, ${rows}) n`,
    name,
  );
  return postgresApp(server, name);
}

/** How many rows that table has. */
export function visitsIn(server: TestPostgres, { database }: DatabaseFixture): string {
  return server.sql('SELECT count(*) FROM visit', database);
}

export function socketLogin(server: TestPostgres) {
  return {
    place: { socket: server.socket, host: 'localhost', port: server.port },
    isLocal: true,
    user: 'postgres',
    password: undefined,
  };
}
