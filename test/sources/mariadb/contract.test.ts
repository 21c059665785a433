import { afterAll, beforeAll } from 'vitest';
import { connectMariadb } from '../../../agent/databases/mariadb/connect.ts';
import { type ServerFixture, serverDatabaseContract } from '../../contract/server-database.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { quoted, smallApp } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb(forOthers);
});
/** What a server may be told for the sake of its application, and must not matter to Kedge. */
const forOthers = [
  '--autocommit=0',
  '--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,STRICT_ALL_TABLES',
  '--transaction-isolation=READ-COMMITTED',
  '--default-time-zone=+03:30',
  '--character-set-server=latin1',
  '--default-storage-engine=MyISAM',
  '--max-statement-time=30',
  '--completion-type=CHAIN',
];

afterAll(async () => await server?.[Symbol.asyncDispose]());

const fixture = (): ServerFixture => ({
  make(rows, name) {
    const app = smallApp(server, rows, name);
    server.sql(
      `CREATE USER IF NOT EXISTS application@localhost;
       GRANT SELECT ON ${quoted(app.database).replaceAll(/[%_]/g, String.raw`\$&`)}.* TO application@localhost`,
    );
    return app;
  },
  names: ["Odd `N'ame; --%_", 'ÜBER {curly} %s $1', `${'ü'.repeat(63)}x`],
  rows: ({ database }) => Number(server.sql(`SELECT COUNT(*) FROM ${quoted(database)}.visit`)),
  leave: ({ database }, rows) =>
    void server.sql(`DELETE FROM ${quoted(database)}.visit WHERE id > ${rows}`),
  makeOther: (name) => void server.sql(`CREATE DATABASE ${quoted(name)}`),
  drop: (name) => void server.sql(`DROP DATABASE ${quoted(name)}`),
  databases: () => server.sql('SHOW DATABASES').split('\n'),
  async connect({ database }, over) {
    const place = { socket: server.socket, host: 'localhost', port: server.port };
    const login = { place, isLocal: true, user: 'application', password: undefined };
    return await connectMariadb({ ...login, database }, over);
  },
  whileDown: [
    'make undo database',
    'lock accounts',
    'rename tables',
    'renamed tables',
    'drop database',
    'unlock accounts',
  ],
  stop: async () => await server.stop('SIGTERM'),
  start: async () => await server.start(),
});

serverDatabaseContract('mariadb', fixture, testWithMariadb);
