import { afterAll, beforeAll } from 'vitest';
import { connectSqlserver } from '../../../agent/databases/sqlserver/connect.ts';
import { type ServerFixture, serverDatabaseContract } from '../../contract/server-database.ts';
import { password, SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';

let server: FakeSqlserver;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
  server.logins.set('app', { password });
});
afterAll(async () => await server[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();
const visits = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `visit ${n}`);

const fixture = (): ServerFixture => ({
  make(rows, name = `small_${numbers.next().value}`) {
    server.create(name).put('visit', visits(rows));
    return new SqlserverFixture(server, name);
  },
  names: ["Odd ]N'ame[; --", 'ÜBER {curly} %s $1', `${'ü'.repeat(127)}x`],
  rows: ({ database }) => server.find(database)?.rows('visit')?.length ?? 0,
  leave: ({ database }, rows) => void server.find(database)?.put('visit', visits(rows)),
  makeOther: (name) => void server.create(name),
  drop: (name) => {
    server.databases.splice(
      server.databases.findIndex((each) => each.name === name),
      1,
    );
  },
  databases: () => server.databases.map(({ name }) => name),
  async connect({ database }, over) {
    const place = { host: '127.0.0.1', port: server.port };
    const login = { place, isLocal: true, user: 'app', password };
    return await connectSqlserver({ ...login, database }, over);
  },
  whileDown: ['change database', 'renamed database'],
  stop: async () => await server.stop(),
  start: async () => void (await server.start()),
});

serverDatabaseContract('sqlserver', fixture);
