import type { FakeDatabase } from './fake-database.ts';
import { isIn } from './fake-database.ts';
import type { Called, Statement } from './fake-sqlserver.ts';
import { statement, text, unbracket, unquote } from './sql-text.ts';
import type { Cell, Row } from './tokens.ts';

/** Answers one kind of row, with the columns that it has. */
function rows(
  pattern: string | RegExp,
  columns: readonly string[],
  find: (called: Called) => readonly Row[],
): Statement {
  const sql = typeof pattern === 'string' ? statement(pattern) : pattern;
  return { sql, run: (called) => called.answer.rows(columns, find(called)) };
}

const first = ({ match }: Called): string => unquote(match[1] ?? '');
const found = (called: Called): FakeDatabase | undefined => called.server.find(first(called));
const off = (database: FakeDatabase, option: string): boolean => database.options.includes(option);

/** What of the system's views Kedge asks for. */
export const catalogueStatements: readonly Statement[] = [
  rows('SELECT 1(?: AS one)?', ['one'], () => [{ one: 1 }]),
  rows('SELECT @@SPID AS pid', ['pid'], ({ session }) => [{ pid: session.id }]),
  rows(
    /^SELECT CAST\(SERVERPROPERTY\('ProductVersion'\) AS nvarchar\(128\)\) AS version$/,
    ['version'],
    ({ server }) => [{ version: server.version }],
  ),
  rows(
    /^SELECT CAST\(SERVERPROPERTY\('ProductVersion'\).*AS log$/s,
    ['version', 'edition', 'engine', 'data', 'log'],
    ({ server }) => [
      {
        version: server.version,
        edition: server.edition,
        engine: server.engineEdition,
        data: `${server.dataFolder}/`,
        log: `${server.dataFolder}/`,
      },
    ],
  ),
  rows(
    new RegExp(
      `^SELECT database_id AS id, name AS name, .*FROM sys.databases WHERE (?:name = ${text}|database_id = (\\d+))$`,
      's',
    ),
    ['id', 'name', 'state', 'access'],
    (called) => {
      const [, , id] = called.match;
      const database =
        id === undefined
          ? found(called)
          : called.server.databases.find((each) => each.id === Number(id));
      return database === undefined ? [] : [listed(database)];
    },
  ),
  rows(
    new RegExp(`^SELECT database_id AS id FROM sys.databases WHERE name = ${text}$`),
    ['id'],
    (called) => {
      const database = found(called);
      return database === undefined ? [] : [{ id: database.id }];
    },
  ),
  rows(
    new RegExp(`^SELECT database_id AS id, SUSER_SNAME.*WHERE name = ${text}$`, 's'),
    [
      'id',
      'owner',
      'recovery',
      'trustworthy',
      'broker',
      'chaining',
      'cdc',
      'published',
      'merged',
      'snapshot',
      'replica',
    ],
    (called) => {
      const database = found(called);
      return database === undefined ? [] : [properties(database)];
    },
  ),
  rows(
    /^SELECT s\.name AS owner, t\.name AS name, SUM.*ORDER BY s\.name, t\.name$/s,
    ['owner', 'name', 'counted'],
    ({ server, session }) =>
      (server.find(session.database)?.counts ?? [])
        .map(({ table, rows: counted }) => ({
          owner: 'dbo',
          name: table,
          counted: BigInt(counted),
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  ),
  rows(
    new RegExp(
      `^SELECT DISTINCT CAST\\(differential_base_guid.*DB_ID\\(${text}\\) AND type = 0$`,
      's',
    ),
    ['base'],
    (called) => [{ base: found(called)?.base?.guid ?? null }],
  ),
  rows(
    new RegExp(
      `^SELECT SUM\\(CAST\\(size AS bigint\\)\\) \\* 8192 AS bytes.*DB_ID\\(${text}\\)$`,
      's',
    ),
    ['bytes'],
    (called) => [{ bytes: found(called) === undefined ? null : BigInt(bytesOf(found(called))) }],
  ),
  rows(/^SELECT SUM\(CAST\(FILEPROPERTY/, ['bytes'], ({ server, session }) => [
    { bytes: BigInt(bytesOf(server.find(session.database))) },
  ]),
  rows(
    new RegExp(
      `^SELECT type AS kind, physical_name AS path.*DB_ID\\(${text}\\) ORDER BY file_id$`,
      's',
    ),
    ['kind', 'path'],
    (called) =>
      (found(called)?.files ?? []).map(({ type, path }) => ({ kind: type === 'D' ? 0 : 1, path })),
  ),
  rows(
    new RegExp(`^SELECT TOP 1 physical_name AS path.*DB_ID\\(${text}\\) AND type = 0$`, 's'),
    ['path'],
    (called) => (found(called)?.files ?? []).slice(0, 1).map(({ path }) => ({ path })),
  ),
  rows(
    new RegExp(`^SELECT s.session_id AS pid.*DB_ID\\(${text}\\).*login_name = ${text}\\).*$`, 's'),
    ['pid', 'login', 'host', 'program', 'status', 'blocker', 'wait', 'since'],
    (called) => sessionsIn(called),
  ),
  rows(
    /^SELECT HAS_PERMS_BY_NAME\(NULL, NULL, 'VIEW SERVER STATE'\) AS allowed$/,
    ['allowed'],
    ({ server, session }) => {
      const { admin, sees } = server.loginOf(session);
      return [{ allowed: admin === true || sees === true ? 1 : 0 }];
    },
  ),
  rows(
    /^SELECT HAS_PERMS_BY_NAME\(N'\[model\]'.*AS allowed$/,
    ['allowed'],
    ({ server, session }) => [{ allowed: server.loginOf(session).admin === true ? 1 : 0 }],
  ),
  rows(
    new RegExp(
      `^SELECT HAS_PERMS_BY_NAME\\(NULL, NULL, 'CREATE ANY DATABASE'\\).*HAS_PERMS_BY_NAME\\(${text}, 'DATABASE', 'CONTROL'\\) AS owns.*AS there$`,
      's',
    ),
    ['creates', 'ends', 'backs', 'owns', 'there'],
    (called) => [rights(called)],
  ),
  rows(
    /^SELECT CAST\(percent_complete AS int\) AS done .* session_id = (\d+)$/,
    ['done'],
    ({ server, session: own, match }) => {
      const { admin, sees } = server.loginOf(own);
      const session = [...server.sessions].find(({ id }) => id === Number(match[1]));
      if (session === undefined || (admin !== true && sees !== true)) return [];
      return [{ done: session.percent }];
    },
  ),
];

function listed({ id, name, state, access }: FakeDatabase): Row {
  return { id, name, state, access };
}

function properties(database: FakeDatabase): Row {
  return {
    id: database.id,
    owner: database.owner,
    recovery: 'FULL',
    trustworthy: off(database, 'TRUSTWORTHY'),
    broker: off(database, 'ENABLE_BROKER'),
    chaining: off(database, 'DB_CHAINING'),
    cdc: off(database, 'cdc'),
    published: off(database, 'published'),
    merged: false,
    snapshot: null,
    replica: off(database, 'replica') ? 'A6A5F8D2-0000-0000-0000-000000000001' : null,
  };
}

function bytesOf(database: FakeDatabase | undefined): number {
  return (database?.files ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
}

function sessionsIn(called: Called): readonly Row[] {
  const { server, session, match } = called;
  const database = found(called);
  const { admin, sees } = server.loginOf(session);
  const own = unquote(match[2] ?? '');
  if (database === undefined || (admin !== true && sees !== true)) return [];
  return [...server.sessions]
    .filter((each) => isIn(each, database) && each !== session)
    .filter(({ login }) => !(login.program === 'kedge' && login.user === own))
    .map((each) => ({
      pid: each.id,
      login: each.login.user,
      host: each.login.host,
      program: each.login.program,
      status: 'sleeping',
      blocker: null,
      wait: null,
      since: Math.floor(each.sinceMs / 1000),
    }));
}

function rights(called: Called): Row {
  const { server, session } = called;
  const { admin = false, creates = false, ends = false } = server.loginOf(session);
  const database = server.find(unbracket(first(called).slice(1, -1)));
  const flag = (value: boolean): Cell => (value ? 1 : 0);
  const owns = database === undefined ? null : flag(server.owns(session, database));
  return {
    creates: flag(admin || creates),
    ends: flag(admin || ends),
    backs: owns,
    owns,
    there: flag(database !== undefined),
  };
}
