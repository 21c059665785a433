import { administratorsIn, ownAccount } from '../../databases/mariadb/accounts.ts';
import { partsOf } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { DumpFacts } from './dump-facts.ts';

/** They come back, and can't be used: as before, and no reason to go without the rest. */
export async function missingDefiners(
  { definers }: DumpFacts,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (definers.length === 0) return [];
  const known = await knownAccounts(session, signal);
  if (known === undefined) return [];
  const missing = definers.filter((definer) => !known.has(definer));
  if (missing.length === 0) return [];
  const names = missing.map((name) => `"${name}"`).join(', ');
  return [
    `views or code of it run as ${names}, who is not known to this server: they come back, but can't be used until these accounts are created`,
  ];
}

/** Of the server itself, and of whoever looks after it. */
const administrators: ReadonlySet<string> = new Set([
  'root',
  'mysql',
  'mariadb.sys',
  'mysql.sys',
  'mysql.session',
  'mysql.infoschema',
  'debian-sys-maint',
]);

/** They are not locked: that would be everywhere, and may be the last one that could unlock others. */
export async function everywhereAccounts(
  { name, accounts = [] }: MariadbSettings,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own = await ownAccount(session, signal);
  const rows = await session.query(
    `SELECT DISTINCT grantee AS grantee FROM information_schema.user_privileges
     WHERE privilege_type IN ('INSERT', 'UPDATE', 'DELETE') ORDER BY 1`,
    signal,
  );
  const open = rows
    .map(({ grantee }) => (grantee ?? '').replace(/^'(.*)'@'(.*)'$/s, '$1@$2'))
    .filter((each) => each !== own && !accounts.includes(each))
    .filter((each) => !administrators.has(partsOf(each).user));
  const leading = (await administratorsIn(session, name, signal)).filter(
    (each) => !accounts.includes(each) && !open.includes(each),
  );
  const words = (each: string, why: string): string =>
    `the account "${each}" ${why}, so it is not locked while data is exchanged, unless "accounts" names it: stop what uses it`;
  return [
    ...open.map((each) => words(each, 'may write to all databases of the server')),
    ...leading.map((each) => words(each, 'has rights in it and administers the server')),
  ];
}

export async function unknownAccounts(
  { accounts = [] }: MariadbSettings,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const known = await knownAccounts(session, signal);
  return accounts
    .filter((each) => known?.has(each) === false)
    .map((each) => `the account "${each}", which "accounts" names, is not known to this server`);
}

/** Undefined: Kedge may not see them, which is told by itself. */
async function knownAccounts(
  session: SqlSession,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const rows = await session
    .query(`SELECT IF(Host = '', User, CONCAT(User, '@', Host)) AS name FROM mysql.user`, signal)
    .catch(() => undefined);
  return rows === undefined ? undefined : new Set(rows.flatMap(({ name }) => name ?? []));
}
