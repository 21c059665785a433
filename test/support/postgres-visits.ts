import type { DatabaseFixture } from './database-fixture.ts';
import { postgresApp } from './postgres-app.ts';
import type { TestPostgres } from './private-postgres.ts';

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

/** Three visits of two pets. */
export function visitsOfPets(server: TestPostgres, user = 'postgres'): DatabaseFixture {
  const name = `crash_${numbers.next().value}`;
  server.sql(`CREATE DATABASE ${name}`);
  server.sql(
    `CREATE TABLE pet (id int PRIMARY KEY); INSERT INTO pet VALUES (1), (2);
     CREATE TABLE visit (id serial PRIMARY KEY, pet int REFERENCES pet, what text);
     INSERT INTO visit (pet, what) VALUES (1, 'a'), (2, 'b'), (1, 'c')`,
    name,
  );
  return postgresApp(server, name, { user });
}

export const visitParts = [{ source: 'db', tables: [{ table: 'visit' }] }];
export const visitRows = `SELECT string_agg(id || what, ',' ORDER BY id) FROM visit`;
export const visitsThen = '1a,2b,3c';
export const visitsSince = '2B,3c,4d';

export function workOnVisits(server: TestPostgres, app: DatabaseFixture): void {
  server.sql(
    `DELETE FROM visit WHERE id = 1; UPDATE visit SET what = 'B' WHERE id = 2;
     INSERT INTO visit VALUES (4, 2, 'd')`,
    app.database,
  );
}

export function ownSchemas(server: TestPostgres, app: DatabaseFixture): readonly string[] {
  const sql = `SELECT nspname FROM pg_namespace WHERE nspname LIKE '%kedge%' ORDER BY 1`;
  return server
    .sql(sql, app.database)
    .split('\n')
    .filter((name) => name !== '');
}
