import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError, type SqlSession } from '../sql-session.ts';
import { account, literal, partsOf } from './quote.ts';

export interface Asker {
  readonly product: string;
  readonly user: string;
}

/** Of the application, as far as Kedge may read them: all that have rights in its database, but Kedge's own. */
export async function accountsIn(
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
  return rows
    .flatMap((row) => accountOf(Object.values(row)[0] ?? '') ?? [])
    .filter((each) => each !== own)
    .toSorted();
}

/** From `'clinic'@'localhost'`, in which nothing is escaped; a role has no host and can't be locked. */
function accountOf(grantee: string): string | undefined {
  const [, user, host] = /^'(.*)'@'(.+)'$/.exec(grantee) ?? [];
  return user === undefined || host === undefined ? undefined : `${user}@${host}`;
}

export async function ownAccount(session: SqlSession, signal: AbortSignal): Promise<string> {
  const [row] = await session.query('SELECT CURRENT_USER() AS own', signal);
  return row?.['own'] ?? '';
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
    const { product, user, what, right } = denial;
    const grant = `GRANT ${right} TO ${account(await ownAccount(session, signal))};`;
    throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
  });
}

/** Of an account, whatever its host is. */
export function userOf(which: string): string {
  return partsOf(which).user;
}
