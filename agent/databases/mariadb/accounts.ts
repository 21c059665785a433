import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { productOf } from './product.ts';
import { account, literal, partsOf } from './quote.ts';

export interface Asker {
  readonly user: string;
}

/** Of the application, as far as Kedge may read them: all that have rights in its database, but Kedge's own and those who administer the server. */
export async function accountsIn(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const leading = new Set(await administratorsIn(session, name, signal));
  return (await withRightsIn(session, name, signal)).filter((each) => !leading.has(each));
}

/** Who may have to put things right while others are locked out, though he has rights in the database too. */
export async function administratorsIn(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT DISTINCT grantee AS grantee FROM information_schema.user_privileges
     WHERE privilege_type IN ('SUPER', 'CONNECTION ADMIN', 'CONNECTION_ADMIN')`,
    signal,
  );
  const leading = new Set(rows.flatMap(({ grantee }) => accountOf(grantee ?? '') ?? []));
  return (await withRightsIn(session, name, signal)).filter((each) => leading.has(each));
}

async function withRightsIn(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own = await ownAccount(session, signal);
  const rows = await session.query(
    `SELECT grantee FROM information_schema.schema_privileges WHERE ${literal(name)} LIKE table_schema
     UNION SELECT grantee FROM information_schema.table_privileges WHERE table_schema = ${literal(name)}`,
    signal,
  );
  const named = rows.flatMap((row) => accountOf(Object.values(row)[0] ?? '') ?? []);
  const byRole = await accountsByRole(session, name, signal);
  return [...new Set([...named, ...byRole])].filter((each) => each !== own).toSorted();
}

/** Those who may take on a role that has rights in the database; not those who only give it to others. */
async function accountsByRole(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const database = literal(name);
  const sql = productOf(session) === 'MariaDB' ? byRoleSql(database) : byRoleOfMysql(database);
  const rows = await session.query(sql, signal).catch((error: unknown) => {
    // Who may not look there is told so where that is needed; MySQL 5.7 has no roles.
    if (error instanceof SqlError && (denials.has(error.code) || noRoles.has(error.code)))
      return [];
    throw error;
  });
  return rows.flatMap(({ account: which }) => which ?? []);
}

/** Nothing of that kind is there: a table, or words. */
const noRoles: ReadonlySet<string> = new Set(['1146', '1064']);

const byRoleSql = (database: string): string =>
  `WITH RECURSIVE holders (role) AS (
         SELECT User FROM mysql.db WHERE Host = '' AND ${database} LIKE Db
         UNION SELECT User FROM mysql.tables_priv WHERE Host = '' AND Db = ${database}
         UNION SELECT m.User FROM mysql.roles_mapping m JOIN holders h ON m.Role = h.role WHERE m.Host = '')
       SELECT DISTINCT CONCAT(m.User, '@', m.Host) AS account
       FROM mysql.roles_mapping m JOIN holders h ON m.Role = h.role
       WHERE m.Host <> '' AND m.Admin_option <> 'Y'`;

/** There a role is an account that nobody can log in as. */
const byRoleOfMysql = (database: string): string =>
  `WITH RECURSIVE holders (user, host) AS (
     SELECT User, Host FROM mysql.db WHERE ${database} LIKE Db
     UNION SELECT User, Host FROM mysql.tables_priv WHERE Db = ${database}
     UNION SELECT e.TO_USER, e.TO_HOST FROM mysql.role_edges e
       JOIN holders h ON e.FROM_USER = h.user AND e.FROM_HOST = h.host)
   SELECT DISTINCT CONCAT(e.TO_USER, '@', e.TO_HOST) AS account
   FROM mysql.role_edges e JOIN holders h ON e.FROM_USER = h.user AND e.FROM_HOST = h.host`;

/** From `'clinic'@'localhost'`, in which nothing is escaped; a role has no host and can't be locked. */
function accountOf(grantee: string): string | undefined {
  const [, user, host] = /^'(.*)'@'(.+)'$/.exec(grantee) ?? [];
  return user === undefined || host === undefined ? undefined : `${user}@${host}`;
}

export async function ownAccount(session: SqlSession, signal: AbortSignal): Promise<string> {
  const [row] = await session.query('SELECT CURRENT_USER() AS own', signal);
  return row?.['own'] ?? '';
}

/** Why these can't be locked: with its own account Kedge would lock out who unlocks. */
export async function whyNotLocked(
  session: SqlSession,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const own = await ownAccount(session, signal);
  // Letters of a user count, those of a host do not.
  const same = ({ user, host }: ReturnType<typeof partsOf>) => `${user}@${host.toLowerCase()}`;
  const isOwn = accounts.some((each) => same(partsOf(each)) === same(partsOf(own)));
  if (!isOwn) return undefined;
  return `"accounts" names its own account "${own}", which could not unlock anybody then: give Kedge one of its own`;
}

/** Of these those that are not locked. */
export async function openAmong(
  session: SqlSession,
  accounts: readonly string[],
  asker: Asker,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const why = await whyNotLocked(session, accounts, signal);
  if (why !== undefined)
    throw new KedgeError('database-failed', { product: productOf(session), why });
  const open: string[] = [];
  for (const each of accounts) if (!(await isLocked(session, each, asker, signal))) open.push(each);
  return open;
}

export async function isLocked(
  session: SqlSession,
  which: string,
  asker: Asker,
  signal: AbortSignal,
): Promise<boolean> {
  const sql = `SHOW CREATE USER ${account(which)}`;
  const what = `see whether the account "${which}" is locked`;
  const [row = {}] = await allowed(
    session,
    sql,
    { ...asker, what, right: 'SELECT ON mysql.*' },
    signal,
  );
  return (Object.values(row)[0] ?? '').includes('ACCOUNT LOCK');
}

export async function setLocked(
  session: SqlSession,
  which: string,
  to: 'LOCK' | 'UNLOCK',
  asker: Asker,
  signal: AbortSignal,
): Promise<void> {
  const sql = `ALTER USER ${account(which)} ACCOUNT ${to}`;
  const what = `lock and unlock the account "${which}"`;
  await allowed(session, sql, { ...asker, what, right: 'CREATE USER ON *.*' }, signal);
}

/** Denied for want of a privilege: specific access, command, database, kill. */
const denials: ReadonlySet<string> = new Set(['1227', '1142', '1044', '1095', '1370']);

/** A statement that not everybody may; where it is denied, with the SQL that would allow it. */
export async function allowed(
  session: SqlSession,
  sql: string,
  denial: Asker & { readonly what: string; readonly right: string },
  signal: AbortSignal,
) {
  return await session.query(sql, signal).catch(async (error: unknown) => {
    if (!(error instanceof SqlError) || !denials.has(error.code)) throw error;
    const product = productOf(session);
    const { user, what, right } = denial;
    const grant = `GRANT ${right} TO ${account(await ownAccount(session, signal))};`;
    throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
  });
}

/** Of an account, whatever its host is. */
export function userOf(which: string): string {
  return partsOf(which).user;
}
