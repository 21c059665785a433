import { afterAll, beforeAll } from 'vitest';
import { connectPostgres } from '../../../agent/databases/postgres/connect.ts';
import { type ServerFixture, serverDatabaseContract } from '../../contract/server-database.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase, socketLogin } from '../../support/small-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE ROLE application LOGIN IN ROLE pg_read_all_data');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const fixture = (): ServerFixture => ({
  make: (rows, name) => smallDatabase(server, rows, name),
  names: [`Odd "N'ame\\; --`, 'ÜBER {curly} %s $1', 'X__kedge_undo_20260101', `${'ü'.repeat(31)}x`],
  rows: ({ database }) => Number(server.sql('SELECT count(*) FROM visit', database)),
  leave: ({ database }, rows) => void server.sql(`DELETE FROM visit WHERE id > ${rows}`, database),
  makeOther: (name) => void server.sql(`CREATE DATABASE ${quoted(name)}`),
  drop: (name) => void server.sql(`DROP DATABASE ${quoted(name)} WITH (FORCE)`),
  databases: () => server.sql('SELECT datname FROM pg_database').split('\n'),
  connect: async ({ database }, over) =>
    await connectPostgres({ ...socketLogin(server), user: 'application', database }, over),
  whileDown: ['close database', 'rename database', 'commit renames', 'renamed database'],
  stop: async () => await server.stop('SIGINT'),
  start: async () => await server.start(),
});

serverDatabaseContract('postgres', fixture, testWithPostgres);
