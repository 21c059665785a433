import { afterAll, beforeAll, expect } from 'vitest';
import { openMariadbSource } from '../../../agent/sources/mariadb/source.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { databaseOf } from '../../support/mariadb-app.ts';
import { databaseWith } from '../../support/mariadb-tables.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

const never = new AbortController().signal;
let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const sql = (app: DatabaseFixture, text: string): string =>
  server.sql(`USE ${databaseOf(app)}; ${text}`);

testWithMariadb('a database with tables that show rows of others comes back', async () => {
  using app = databaseWith(
    server,
    `CREATE TABLE one (x INT) ENGINE = MyISAM; CREATE TABLE two (x INT) ENGINE = MyISAM;
     INSERT INTO one VALUES (1); INSERT INTO two VALUES (2);
     CREATE TABLE both_of_them (x INT) ENGINE = MERGE UNION = (one, two)`,
  );
  const then = server.dump(databaseOf(app));
  const backup = await app.backup();
  sql(app, 'DELETE FROM one; DROP TABLE two');
  await app.restore(await app.plan(backup));
  expect(server.dump(databaseOf(app))).toBe(then);
  expect(sql(app, 'SELECT x FROM both_of_them ORDER BY x')).toBe('1\n2');
});

testWithMariadb('several defaults of a table that take from sequences come back', async () => {
  using app = databaseWith(
    server,
    `CREATE SEQUENCE down INCREMENT -5 MINVALUE -100 MAXVALUE -1; CREATE SEQUENCE up;
     CREATE TABLE number (id INT PRIMARY KEY DEFAULT NEXTVAL(down), up INT DEFAULT (1 + NEXTVAL(up)),
       words VARCHAR(30) DEFAULT (CONCAT('x', NEXTVAL(up))));
     INSERT INTO number () VALUES (), ()`,
  );
  const then = server.dump(databaseOf(app));
  await app.restore(await app.plan(await app.backup()));
  expect(server.dump(databaseOf(app))).toBe(then);
});

testWithMariadb(
  'history by transactions keeps no table out of a backup, and is named',
  async () => {
    using app = databaseWith(
      server,
      `CREATE TABLE price (id INT PRIMARY KEY, amount INT) WITH SYSTEM VERSIONING;
     CREATE TABLE stock (id INT PRIMARY KEY, amount INT, since BIGINT UNSIGNED GENERATED ALWAYS AS ROW START,
       until BIGINT UNSIGNED GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;
     INSERT INTO price VALUES (1, 1); INSERT INTO stock (id, amount) VALUES (1, 1);
     UPDATE price SET amount = 2; UPDATE stock SET amount = 2`,
    );
    const { db } = app.config.sources;
    const source = db?.engine === 'mariadb' ? openMariadbSource('db', db) : undefined;
    expect((await source?.preflight(never))?.warnings).toEqual([
      'source "db": taken without what their rows were before, as mariadb-dump writes no history by transactions, which one of these has: "price", "stock"',
    ]);
    const backup = await app.backup();
    sql(app, 'DELETE FROM price; DROP TABLE stock');
    await app.restore(await app.plan(backup));
    expect(sql(app, 'SELECT * FROM price; SELECT id, amount FROM stock')).toBe('1\t2\n1\t2');
  },
);

testWithMariadb('a foreign key to what is not there yet leads into its own database', async () => {
  using app = databaseWith(
    server,
    `SET foreign_key_checks = 0; CREATE TABLE pet (id INT PRIMARY KEY, owner INT,
       CONSTRAINT \`whose;\` FOREIGN KEY (owner) REFERENCES owner (id) ON DELETE CASCADE);
     INSERT INTO pet VALUES (1, 7)`,
  );
  const then = server.dump(databaseOf(app));
  await app.restore(await app.plan(await app.backup()));
  expect(server.dump(databaseOf(app))).toBe(then);
});
