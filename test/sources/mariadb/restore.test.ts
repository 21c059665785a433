import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectMariadb } from '../../../agent/databases/mariadb/connect.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { previewUndo } from '../../../agent/restore/undo-preview.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import { ReconnectingClient } from '../../databases/reconnecting-client.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { databaseOf, mariadbApp, smallApp, visitsOf } from '../../support/mariadb-app.ts';
import { zooContent } from '../../support/mariadb-zoo.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { until } from '../../support/until.ts';
import { whileDown } from '../../support/while-down.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
  server.sql(zooContent);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallApp(server, rows, name);
const rowsOf = (app: DatabaseFixture): string => visitsOf(server, app);

testWithMariadb(
  'every kind of object comes back as it was, and an undo and the undo of that as well',
  async () => {
    using app = mariadbApp(server, 'zoo');
    server.sql('DROP VIEW zoo.broken');
    const then = server.dump('zoo');
    const backup = await app.backup();
    server.sql(
      `USE zoo; DELETE FROM keyless; CREATE TABLE later (x int); DROP TABLE visit;
       ALTER DATABASE zoo COLLATE latin1_german1_ci COMMENT ''; DROP PROCEDURE \`tidy \`\`up\`;
       CREATE OR REPLACE VIEW z_count AS SELECT 0 AS n; DROP EVENT nightly;
       CREATE TRIGGER later_one AFTER INSERT ON later FOR EACH ROW INSERT INTO log VALUES (1)`,
    );
    const since = server.dump('zoo');
    const plan = await app.plan(backup);
    const { tables } = plan.changes[0] ?? {};
    expect(tables).toContainEqual({ table: 'keyless', backupRows: 3, liveRows: 0 });
    const { undo = '', notes } = await app.restore(plan);
    expect({ notes, dump: server.dump('zoo') }).toEqual({ notes: [], dump: then });
    const taken = await findUndo(app.stateFolder, undo);
    const preview = await previewUndo({ undo: taken, nowMs: app.nowMs }, app.context, app.work());
    expect(preview.changes[0]?.tables).toContainEqual({
      table: 'keyless',
      backupRows: 0,
      liveRows: 3,
    });
    const back = await app.undo(undo);
    expect(server.dump('zoo')).toBe(since);
    const again = await app.undo(back.undo ?? '');
    expect(server.dump('zoo')).toBe(then);
    expect(server.databases('zoo')).toEqual(['zoo', 'zoo__kedge_undo_N']);
    expect(readdirSync(join(app.home, 'scratch-3'))).toEqual([]);

    const kept = await findUndo(app.stateFolder, again.undo ?? '');
    expect(kept.bytes).toBeGreaterThan(1e5);
    await expireUndos(app.stateFolder, kept.expiresAtMs + 1);
    expect(server.databases('zoo')).toEqual(['zoo']);

    // Gone with all its sequences, from which its tables take.
    server.sql('DROP DATABASE zoo');
    await app.restore(await app.plan(backup));
    expect(server.dump('zoo')).toBe(then);
  },
);

testWithMariadb(
  'a client that comes back every 50 ms is out for no more than the renames and never sees a half state',
  async () => {
    using app = small(20_000);
    const name = databaseOf(app);
    server.sql(
      `USE ${name}; CREATE TABLE bill (id INT PRIMARY KEY); INSERT INTO bill SELECT id FROM visit;
       CREATE VIEW both_of AS SELECT (SELECT COUNT(*) FROM visit) AS visits, (SELECT COUNT(*) FROM bill) AS bills;
       CREATE USER comer@localhost; GRANT SELECT ON ${name}.* TO comer@localhost`,
    );
    const backup = await app.backup();
    server.sql(`USE ${name}; DELETE FROM visit WHERE id > 10; DELETE FROM bill WHERE id > 10`);
    const plan = await app.plan(backup);
    const seen = new Set<string>();
    const place = { socket: server.socket, host: 'localhost', port: server.port };
    const login = { place, isLocal: true, user: 'comer', password: undefined, database: name };
    await using client = new ReconnectingClient(async (over) => {
      const session = await connectMariadb(login, over);
      const look = async (sql: string, until: AbortSignal) => {
        const found = await session
          .query('SELECT visits, bills FROM both_of', until)
          .catch((error: unknown) => {
            // Only the end of the connection; a table or view that is missing would be an answer.
            const words = String(error);
            if (/exist|doesn't|references/.test(words)) seen.add(words);
            throw error;
          });
        seen.add(JSON.stringify(found));
        return await session.query(sql, until);
      };
      return { ...session, query: look };
    });
    await until(() => client.entered > 0 && seen.size > 0);
    expect((await app.plan(backup)).clients.map(({ user }) => user)).toEqual(['comer']);
    const { operations } = await whileDown(app, async () => await app.restore(plan));
    // The server runs on while what uses it is down.
    expect(app.services.calls).toEqual(['stop host', 'start host']);
    await until(() => seen.size > 1);
    expect([...seen]).toEqual([
      '[{"visits":"10","bills":"10"}]',
      '[{"visits":"20000","bills":"20000"}]',
    ]);
    expect(client.refused).toBeGreaterThan(0);
    expect(operations).toEqual([
      ...['make undo database', 'lock accounts', 'drop code', 'rename tables', 'renamed tables'],
      ...['make code', 'drop database', 'unlock accounts'],
    ]);
  },
);

testWithMariadb(
  'what compares the live database has left it when it closes, and so passes for no client',
  async () => {
    using app = small();
    const backup = await app.backup();
    server.sql("SET GLOBAL log_output = 'TABLE', general_log = ON");
    await app.plan(backup);
    server.sql('SET GLOBAL general_log = OFF');
    const lastOfEach = `SELECT DISTINCT (SELECT argument FROM mysql.general_log said
        WHERE said.thread_id = came.thread_id AND command_type = 'Query' ORDER BY event_time DESC LIMIT 1)
      FROM mysql.general_log came WHERE command_type = 'Connect' AND argument LIKE '% on ${databaseOf(app)} %'`;
    expect(server.sql(lastOfEach)).toBe('USE information_schema');
  },
);

testWithMariadb(
  'each right that is missing is named with its SQL, and with these a restore needs no administrator',
  async () => {
    using app = small();
    const name = databaseOf(app);
    server.sql(
      `CREATE USER owner_of_it@localhost; GRANT ALL ON ${name}.* TO owner_of_it@localhost; CREATE USER bare@localhost;
       CREATE ROLE staff; GRANT INSERT ON ${name}.* TO staff; CREATE USER by_role@localhost; GRANT staff TO by_role@localhost;
       USE ${name}; CREATE DEFINER = owner_of_it@localhost VIEW v AS SELECT id FROM visit; CREATE PROCEDURE p() SELECT 1;
       CREATE USER caller@localhost, ghost@localhost; GRANT EXECUTE ON PROCEDURE ${name}.P TO caller@localhost, ghost@localhost;
       DELETE FROM mysql.global_priv WHERE User = 'ghost'; FLUSH PRIVILEGES`,
    );
    const backup = await app.backup();
    server.sql(`DELETE FROM ${name}.visit`);
    using bare = mariadbApp(server, name, { user: 'bare' });
    const named: string[] = [];
    for (;;) {
      const { obstacles } = await bare.plan(backup);
      const [, grant] = /\((GRANT .*;)\)$/.exec(obstacles[0] ?? '') ?? [];
      if (grant === undefined) {
        expect(obstacles).toEqual([]);
        break;
      }
      named.push(grant.replace(' TO `bare`@`localhost`;', ''));
      server.sql(grant);
    }
    expect(named).toEqual([
      `GRANT ALL PRIVILEGES ON \`${name.replaceAll('_', '\\_')}\`.*`,
      `GRANT ALL PRIVILEGES ON \`${`${name}__kedge_`.replaceAll('_', '\\_')}%\`.*`,
      'GRANT SELECT ON mysql.*',
      `GRANT GRANT OPTION ON \`${name.replaceAll('_', '\\_')}\`.*`,
      'GRANT PROCESS ON *.*',
      'GRANT CONNECTION ADMIN ON *.*',
      'GRANT SET USER ON *.*',
      'GRANT CREATE USER ON *.*',
    ]);
    const work = bare.work();
    const { undo = '' } = await bare.restore(await bare.plan(backup), work);
    expect(rowsOf(app)).toBe('3');
    const callers = `SELECT User FROM mysql.procs_priv WHERE Db = '${name}' AND User IN ('caller', 'ghost')`;
    expect(server.sql(callers), 'a right given in other letters').toBe('caller');
    const ghosts = `SELECT COUNT(*) FROM mysql.user WHERE User = 'ghost'`;
    expect(server.sql(ghosts), 'an account without a password').toBe('0');
    expect(bare.journal(work.job)).toContain(
      '"accounts":["by_role@localhost","owner_of_it@localhost"]',
    );
    await bare.undo(undo);
    expect(rowsOf(app)).toBe('0');
  },
);

testWithMariadb(
  'what stands against a restore, and what is worth a word, is named before',
  async () => {
    using app = small();
    const name = databaseOf(app);
    server.sql(
      `USE ${name}; CREATE USER leaver@localhost; CREATE DEFINER = leaver@localhost VIEW of_leaver AS SELECT id FROM visit;
     CREATE USER everywhere@localhost; GRANT ALL ON *.* TO everywhere@localhost;
     CREATE USER leader@localhost; GRANT CONNECTION ADMIN ON *.* TO leader@localhost; GRANT SELECT ON ${name}.* TO leader@localhost`,
    );
    const backup = await app.backup();
    server.sql(
      `DROP USER leaver@localhost; CREATE DATABASE branch_office;
     CREATE TABLE branch_office.copy (visit INT, CONSTRAINT to_visit FOREIGN KEY (visit) REFERENCES ${name}.visit (id));
     USE ${name}; CREATE TABLE soon (x INT); CREATE VIEW broken AS SELECT x FROM soon; DROP TABLE soon;
     XA START 'stuck'; INSERT INTO visit VALUES (9, 'x'); XA END 'stuck'; XA PREPARE 'stuck'`,
    );
    const { obstacles, warnings } = await app.plan(backup);
    expect(obstacles).toEqual([
      expect.stringContaining(
        'the foreign key "to_visit" of the table "branch_office.copy" refers to "visit"',
      ),
    ]);
    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.stringContaining('run as "leaver@localhost", who is not known to this server'),
        expect.stringContaining('the live view "broken" names what is not there'),
        expect.stringContaining('"everywhere@localhost" may write to all databases'),
        expect.stringContaining('"leader@localhost" has rights in it and administers the server'),
        expect.stringContaining('the transaction "stuck" is prepared'),
      ]),
    );
    server.sql(
      `XA ROLLBACK 'stuck'; DROP DATABASE branch_office; DROP USER everywhere@localhost, leader@localhost`,
    );
    const { notes, undo = '' } = await app.restore(await app.plan(backup));
    expect(notes).toEqual([expect.stringContaining('view "broken" of the database')]);
    await app.undo(undo);
    expect(server.sql(`SHOW TABLES FROM ${name}`).split('\n')).toEqual(['of_leaver', 'visit']);
  },
);
