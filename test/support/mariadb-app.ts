import type { MariadbSourceSettings } from '../../agent/sources/mariadb/settings.ts';
import { DatabaseFixture } from './database-fixture.ts';
import type { TestMariadb } from './private-mariadb.ts';

/** An application of one database in a MariaDB server of the tests. */
export function mariadbApp(
  server: TestMariadb,
  database: string,
  changes: Partial<MariadbSourceSettings> = {},
): DatabaseFixture {
  const reached = { engine: 'mariadb', socket: server.socket, user: 'root' };
  const source = { ...reached, database, ...changes };
  return new DatabaseFixture({ server, source, service: { ...reached, name: database } });
}

const numbers = Array.from({ length: 99 }, (_, n) => n).values();
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** The same of a database of its own with one table of so many rows. */
export function smallApp(
  server: TestMariadb,
  rows = 3,
  name = `small_${numbers.next().value}`,
): DatabaseFixture {
  server.sql(
    `CREATE DATABASE ${quoted(name)}; USE ${quoted(name)}; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
     INSERT INTO visit SELECT seq, CONCAT('visit ', seq) FROM seq_1_to_${rows}`,
  );
  return mariadbApp(server, name);
}

export const databaseOf = ({ database }: DatabaseFixture): string => database;
export const visitsOf = (server: TestMariadb, app: DatabaseFixture): string =>
  server.sql(`SELECT COUNT(*) FROM ${quoted(databaseOf(app))}.visit`);
