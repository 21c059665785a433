import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { restoreMariadb } from '../../../agent/sources/mariadb/restore.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { databaseOf, mariadbApp, smallApp, visitsOf } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallApp(server, rows, name);

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithMariadb(
  'code that somebody alters between the look at it and the lockout is neither lost nor made as it was',
  async () => {
    using app = small();
    const name = databaseOf(app);
    server.sql(`USE ${name}; CREATE VIEW seen AS SELECT id FROM visit;
      CREATE FUNCTION one() RETURNS INT RETURN 1`);
    const backup = await app.backup();
    const plan = await app.plan(backup);
    const made = (): string =>
      server.sql(`SHOW CREATE VIEW ${name}.seen; SHOW CREATE FUNCTION ${name}.one`);
    for (const sql of [
      'ALTER VIEW seen AS SELECT id + 5 AS id FROM visit',
      'CREATE OR REPLACE FUNCTION one() RETURNS INT RETURN 2',
    ]) {
      let altered = '';
      setFaultHook(({ name: operation }) => {
        if (operation !== 'lock accounts' || altered !== '') return;
        server.sql(`USE ${name}; ${sql}`);
        altered = made();
      });
      const failed = await failure(app.restore(plan)).finally(() => setFaultHook(undefined));
      expect(failed).toMatchObject({ code: expect.stringMatching(/^(busy|rolled-back)$/) });
      expect([made(), server.databases(name)]).toEqual([altered, [name]]);
    }
  },
);

testWithMariadb('code of other character sets and modes is made again as it was', async () => {
  using app = small();
  const name = databaseOf(app);
  server.sql(
    `USE ${name}; SET NAMES latin1; SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES';
     CREATE FUNCTION joined(a TEXT) RETURNS TEXT DETERMINISTIC RETURN a || '\\' || 'x';
     ALTER DATABASE ${name} COLLATE latin1_swedish_ci;
     CREATE PROCEDURE of_latin(a VARCHAR(9)) SELECT a; ALTER DATABASE ${name} COLLATE utf8mb4_general_ci;
     SET time_zone = '+03:30'; CREATE EVENT timed ON SCHEDULE EVERY 1 HOUR STARTS '2031-01-01 00:00:00' DO SELECT 1`,
  );
  const then = server.dump(name);
  const backup = await app.backup();
  server.sql(`DROP DATABASE ${name}`);
  await app.restore(await app.plan(backup));
  expect(server.dump(name)).toBe(then);
});

testWithMariadb(
  'what an archive holds can be no command of the program that loads it',
  async () => {
    using app = small();
    const name = databaseOf(app);
    const proof = join(server.folder, 'proof');
    server.sql(
      `USE ${name}; CREATE TABLE trap (a TEXT COMMENT '\\n\\\\! touch ${proof}\\n') COMMENT '\\n\\\\! touch ${proof}\\n';
     INSERT INTO trap VALUES ('\\n\\\\! touch ${proof}\\n;\\nsystem touch ${proof}\\n')`,
    );
    const then = server.dump(name);
    writeFileSync(join(app.home, 'seen'), then);
    await app.restore(await app.plan(await app.backup()));
    expect(server.dump(name)).toBe(then);
    expect(readdirSync(server.folder)).not.toContain('proof');
  },
);

testWithMariadb(
  'a drill restores into the server beside what is live, and drops it again',
  async () => {
    using app = small();
    const name = databaseOf(app);
    server.sql(
      `USE ${name}; CREATE SEQUENCE numbers; ALTER TABLE visit ADD n INT DEFAULT NEXTVAL(numbers)`,
    );
    const folder = join(app.home, 'unpacked');
    const backup = await app.backup();
    await app.restore(await app.plan(backup, { mode: { kind: 'elsewhere', folder } }));
    const { db } = app.config.sources;
    const trial = db?.engine === 'mariadb' ? restoreMariadb('db', db).trial : undefined;
    const found = async () => await trial?.run(join(folder, 'db'), 'here', app.work());
    expect(await found()).toEqual({
      notes: [expect.stringMatching(/restored into its server as ".*__kedge_drill_\d+" in/)],
      problems: [],
    });
    const file = join(folder, 'db', 'tables', 'visit.sql');
    writeFileSync(file, readFileSync(file, 'utf8').replace("'visit 2'", "'visit 2"));
    expect(await found()).toMatchObject({
      problems: [expect.stringContaining('it does not come back in its server: ')],
    });
    expect(server.databases(name)).toEqual([name]);
  },
);

testWithMariadb('what an archive holds can read no file of this machine', async () => {
  using app = small();
  const name = databaseOf(app);
  const [folder, secret] = [join(app.home, 'unpacked'), join(app.home, 'secret')];
  writeFileSync(secret, 'sesame\n');
  await app.restore(await app.plan(await app.backup(), { mode: { kind: 'elsewhere', folder } }));
  server.sql(`CREATE TABLE ${name}.stolen (line TEXT)`);
  const file = join(folder, 'db', 'tables', 'visit.sql');
  const reading = `LOAD DATA LOCAL INFILE '${secret}' INTO TABLE ${name}.stolen;\n`;
  writeFileSync(file, reading + readFileSync(file, 'utf8'));
  const { db } = app.config.sources;
  const trial = db?.engine === 'mariadb' ? restoreMariadb('db', db).trial : undefined;
  const found = await trial?.run(join(folder, 'db'), 'here', app.work());
  expect(found?.problems).toEqual([expect.stringContaining('does not come back')]);
  expect(server.sql(`SELECT * FROM ${name}.stolen`)).toBe('');
});

testWithMariadb(
  'a server without capitals is told by its own name of a database, and no empty backup is taken',
  async () => {
    await using windows = await startMariadb(['--lower-case-table-names=1']);
    using app = smallApp(windows, 3, 'Clinic');
    const why = expect.stringContaining('called "clinic", so write it like that');
    expect(await failure(app.backup())).toMatchObject({
      code: 'nothing-captured',
      params: { problem: why },
    });
    using right = mariadbApp(windows, 'clinic');
    const backup = await right.backup();
    const { obstacles } = await app.plan(backup);
    expect(obstacles).toEqual([why]);
    windows.sql('DELETE FROM clinic.visit');
    await right.restore(await right.plan(backup));
    expect(visitsOf(windows, right)).toBe('3');
  },
);
