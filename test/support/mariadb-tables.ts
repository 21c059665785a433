import type { Backup } from '../../protocol/domain/backup.ts';
import type { DatabaseFixture } from './database-fixture.ts';
import { mariadbApp } from './mariadb-app.ts';
import type { TestMariadb } from './private-mariadb.ts';

/** Keys, triggers in their order, a view, a sequence from which ids come, a computed column. */
export const clinicTables = `
  CREATE SEQUENCE numbers;
  CREATE TABLE owner (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) UNIQUE,
    upper_name VARCHAR(40) AS (UPPER(name)) STORED, number INT DEFAULT NEXTVAL(numbers));
  CREATE TABLE pet (id INT AUTO_INCREMENT PRIMARY KEY, owner INT NOT NULL, kind ENUM('dog', 'cat'), notes JSON,
    CONSTRAINT whose FOREIGN KEY (owner) REFERENCES owner (id) ON DELETE CASCADE ON UPDATE NO ACTION);
  CREATE TABLE log (what TEXT);
  CREATE VIEW owners AS SELECT name FROM owner;
  CREATE TRIGGER first BEFORE INSERT ON owner FOR EACH ROW INSERT INTO log VALUES ('first');
  CREATE TRIGGER second BEFORE INSERT ON owner FOR EACH ROW FOLLOWS first INSERT INTO log VALUES ('second');
  CREATE TRIGGER gone AFTER DELETE ON owner FOR EACH ROW INSERT INTO log VALUES (OLD.name);
  INSERT INTO owner (name) SELECT CONCAT('owner ', seq) FROM seq_1_to_5;
  INSERT INTO pet (owner, kind, notes) SELECT 1 + seq % 5, 'dog', '{"a": 1}' FROM seq_1_to_20;
  DELETE FROM log;`;

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

/** An application of a database of its own. */
export function databaseWith(server: TestMariadb, content: string): DatabaseFixture {
  const name = `tables_${numbers.next().value}`;
  server.sql(`CREATE DATABASE ${name}; USE ${name}; ${content}`);
  return mariadbApp(server, name);
}

export const partsOf = (...tables: readonly string[]) => ({
  parts: tables.map((table) => ({ source: 'db', tables: [{ table }] })),
});

export async function planOf(app: DatabaseFixture, backup: Backup, ...tables: readonly string[]) {
  const plan = await app.plan(backup, partsOf(...tables));
  const merges = (plan.merges ?? []).flatMap((merge) => merge.tables ?? []);
  return { plan, merges, obstacles: plan.obstacles };
}
