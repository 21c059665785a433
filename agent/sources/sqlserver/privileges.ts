import { KedgeError } from '../../../protocol/failures.ts';
import type { SqlRow, SqlSession } from '../../databases/sql-session.ts';
import { product } from '../../databases/sqlserver/open-session.ts';
import { identifier, literal } from '../../databases/sqlserver/quote.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';

interface Right {
  readonly name: string;
  readonly what: (database: string) => string;
  readonly sql: (user: string, database: string) => string;
}

const create: Right = {
  name: 'creates',
  what: () => 'create databases and look into backups',
  sql: (user) => `ALTER SERVER ROLE dbcreator ADD MEMBER ${user};`,
};
const own: Right = {
  name: 'owns',
  what: (database) => `back up, check and enter the database "${database}"`,
  sql: (user, database) =>
    `USE ${database}; CREATE USER ${user} FOR LOGIN ${user}; ALTER ROLE db_owner ADD MEMBER ${user};`,
};
const backUp: Right = {
  ...own,
  name: 'backs',
  what: (database) => `back up the database "${database}"`,
};

const end: Right = {
  name: 'ends',
  what: () => 'end the connections of others',
  sql: (user) => `GRANT ALTER ANY CONNECTION TO ${user};`,
};

/** What the login must be able to do to back up, each with the SQL that would let it. */
export async function backupDenials(
  session: SqlSession,
  server: SqlserverSettings,
  signal: AbortSignal,
): Promise<readonly KedgeError[]> {
  const row = await readRights(session, server.name, signal);
  return missing([backUp, create], row).map(({ what, sql }) => {
    const { user, name } = server;
    const grant = sql(identifier(user), identifier(name));
    return new KedgeError('database-denied', { product, user, what: what(name), grant });
  });
}

/** What it lacks to bring anything back, in words. */
export async function restoreDenials(
  session: SqlSession,
  { user, name }: SqlserverSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const row = await readRights(session, name, signal);
  // Of a database that is not there nobody can be an owner.
  const needed = row['there'] === '1' ? [create, own, end] : [create, end];
  return missing(needed, row).map(
    ({ what, sql }) =>
      `"${user}" may not ${what(name)} (${sql(identifier(user), identifier(name))})`,
  );
}

function missing(rights: readonly Right[], row: SqlRow): readonly Right[] {
  return rights.filter(({ name }) => row[name] !== '1');
}

/** Each by itself, so that all that is missing is named at once. A right that is not known is NULL. */
async function readRights(session: SqlSession, name: string, signal: AbortSignal): Promise<SqlRow> {
  const database = literal(identifier(name));
  const [row] = await session.query(
    `SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') & HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY DATABASE') AS creates,
      HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY CONNECTION') AS ends,
      HAS_PERMS_BY_NAME(${database}, 'DATABASE', 'BACKUP DATABASE') AS backs,
      HAS_PERMS_BY_NAME(${database}, 'DATABASE', 'CONTROL') AS owns,
      CASE WHEN DB_ID(${literal(name)}) IS NULL THEN 0 ELSE 1 END AS there`,
    signal,
  );
  return row ?? {};
}
