import type { FakeDatabase } from './fake-database.ts';
import type { Called, Statement } from './fake-sqlserver.ts';
import { denied, noSuchDatabase } from './refusals.ts';
import { TdsError } from './server.ts';
import { name, statement, unbracket } from './sql-text.ts';

const at = ({ match }: Called, index: number): string => unbracket(match[index] ?? '');

function target(called: Called): FakeDatabase {
  const database = called.server.find(at(called, 1));
  if (database === undefined) throw noSuchDatabase(at(called, 1));
  return database;
}

/** Altered only by its owner, or by whoever may alter any. */
function alterable(called: Called): FakeDatabase {
  const { server, session } = called;
  const database = target(called);
  if (server.mayAlter(session) || server.owns(session, database)) return database;
  throw new TdsError({
    number: 5011,
    text: `User does not have permission to alter database '${database.name}', the database does not exist, or the database is not in a state that allows access checks.`,
  });
}

const failed = { number: 5069, text: 'ALTER DATABASE statement failed.' };

/** In single-user mode the one who is in it decides. */
function refuseTaken(called: Called, database: FakeDatabase): void {
  const { server, session } = called;
  const others = server.usersOf(database).filter((each) => each !== session);
  if (database.access !== 'SINGLE_USER' || others.length === 0) return;
  const text = `Changes to the state or options of database '${database.name}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.`;
  throw new TdsError({ number: 5064, text }, failed);
}

function endOthers(called: Called, database: FakeDatabase): void {
  for (const each of called.server.usersOf(database)) {
    if (each === called.session) continue;
    called.server.leave(each);
    each.kill();
  }
}

function setState(called: Called, state: 'ONLINE' | 'OFFLINE'): void {
  const database = alterable(called);
  if (state === 'ONLINE' && !called.server.mayAlter(called.session))
    throw denied('ALTER ANY DATABASE');
  refuseTaken(called, database);
  if (state === 'OFFLINE') {
    const isOwn = called.session.database === database.name;
    if (isOwn) throw new TdsError({ number: 5061, text: 'a lock could not be placed' }, failed);
    endOthers(called, database);
  }
  database.state = state;
}

function setAccess(called: Called, access: FakeDatabase['access']): void {
  const database = alterable(called);
  if (database.state !== 'ONLINE')
    throw new TdsError(
      { number: 942, text: `Database '${database.name}' cannot be opened because it is offline.` },
      failed,
    );
  refuseTaken(called, database);
  if (access !== 'MULTI_USER') endOthers(called, database);
  database.access = access;
}

function rename(called: Called): void {
  const { server } = called;
  const database = alterable(called);
  const to = at(called, 2);
  refuseTaken(called, database);
  if (server.usersOf(database).some((each) => each !== called.session))
    throw new TdsError({
      number: 5030,
      text: 'The database could not be exclusively locked to perform the operation.',
    });
  if (server.find(to) !== undefined)
    throw new TdsError({
      number: 1801,
      text: `Database '${to}' already exists. Choose a different database name.`,
    });
  if (database.state !== 'ONLINE')
    throw new TdsError({
      number: 942,
      text: `Database '${database.name}' cannot be opened because it is offline.`,
    });
  if (called.session.database === database.name) called.session.database = to;
  database.name = to;
}

function drop(called: Called): void {
  const { server } = called;
  const database = alterable(called);
  if (server.usersOf(database).length > 0)
    throw new TdsError({
      number: 3702,
      text: `Cannot drop database "${database.name}" because it is currently in use.`,
    });
  server.databases.splice(server.databases.indexOf(database), 1);
  if (database.state === 'OFFLINE')
    server.leftFiles.push(...database.files.map(({ path }) => path));
}

/** What changes databases as a whole. */
export const databaseStatements: readonly Statement[] = [
  {
    sql: statement(`USE ${name}`),
    run: (called) => called.server.enter(called.session, at(called, 1), 911),
  },
  {
    sql: statement(`USE \\[master\\]; ALTER DATABASE ${name} MODIFY NAME = ${name}`),
    run(called) {
      called.server.enter(called.session, 'master', 911);
      rename(called);
    },
  },
  { sql: statement(`ALTER DATABASE ${name} MODIFY NAME = ${name}`), run: rename },
  {
    sql: statement(`ALTER DATABASE ${name} SET ONLINE`),
    run: (called) => setState(called, 'ONLINE'),
  },
  {
    sql: statement(`ALTER DATABASE ${name} SET OFFLINE WITH ROLLBACK IMMEDIATE`),
    run: (called) => setState(called, 'OFFLINE'),
  },
  ...(['MULTI_USER', 'RESTRICTED_USER', 'SINGLE_USER'] as const).map(
    (access): Statement => ({
      sql: statement(`ALTER DATABASE ${name} SET ${access} WITH ROLLBACK IMMEDIATE`),
      run: (called) => setAccess(called, access),
    }),
  ),
  { sql: statement(`DROP DATABASE ${name}`), run: drop },
  {
    sql: statement(`ALTER AUTHORIZATION ON DATABASE::${name} TO ${name}`),
    run(called) {
      if (called.server.loginOf(called.session).admin !== true)
        throw new TdsError({
          number: 15_151,
          text: `Cannot find the principal '${at(called, 2)}', because it does not exist or you do not have permission.`,
        });
      target(called).owner = at(called, 2);
    },
  },
  {
    sql: statement(`DBCC CHECKDB\\(${name}\\) WITH NO_INFOMSGS`),
    run(called) {
      const database = target(called);
      if (!called.server.owns(called.session, database)) throw denied('DBCC CHECKDB');
      if (!database.isCorrupt) return;
      throw new TdsError(
        {
          number: 8939,
          text: 'Table error: Object ID 245575913, index ID 1, page (1:312). Test (IS_OFF (BUF_IOERR, pBUF->bstat)) failed.',
        },
        {
          number: 8990,
          text: `CHECKDB found 0 allocation errors and 1 consistency errors in database '${database.name}'.`,
        },
      );
    },
  },
  {
    sql: /^KILL (\d+)$/,
    run({ server, session, match }) {
      const { admin, ends } = server.loginOf(session);
      if (admin !== true && ends !== true)
        throw new TdsError({
          number: 6102,
          text: 'User does not have permission to use the KILL statement.',
        });
      const other = [...server.sessions].find(({ id }) => id === Number(match[1]));
      if (other === undefined)
        throw new TdsError({
          number: 6106,
          text: `Process ID ${match[1]} is not an active process ID.`,
        });
      server.leave(other);
      other.kill();
    },
  },
];
