import { accountsIn, ownAccount, whyNotLocked } from '../../databases/mariadb/accounts.ts';
import { hasGlobalRight, hasRight, readGrants } from '../../databases/mariadb/grants.ts';
import { rightsInDatabase } from '../../databases/mariadb/needed-rights.ts';
import { account, identifier } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { whyOtherwiseNamed } from './list-objects.ts';
import { isOlder } from './older.ts';
import { onDatabase } from './privileges.ts';
import { readRoutineGrants } from './routine-grants.ts';
import { isMysql, numberOf } from './sessions.ts';

/** Each by itself, so that all that is missing is named at once, with the SQL that gives it. */
export async function missingRights(
  session: SqlSession,
  { name, accounts }: MariadbSettings,
  definers: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const grants = await readGrants(session, signal);
  const own = await ownAccount(session, signal);
  const to = `TO ${account(own)};`;
  const otherwise = await whyOtherwiseNamed(session, name, signal);
  const missing = otherwise === undefined ? [] : [otherwise];
  const need = (what: string, isThere: boolean, grant: string): void => {
    if (!isThere) missing.push(`"${own}" may not ${what} (GRANT ${grant} ${to})`);
  };
  const beside = `${name}__kedge_`;
  for (const [database, where, what] of [
    [name, onDatabase(name), `change all of "${name}"`],
    [`${beside}new_1`, besidePattern(name), `make databases beside it, "${beside}..."`],
  ] as const) {
    const lacks = rightsInDatabase.filter((right) => !hasRight(grants, right, database));
    const rights = lacks.length === rightsInDatabase.length ? 'ALL PRIVILEGES' : lacks.join(', ');
    need(what, lacks.length === 0, `${rights} ON ${where}`);
  }
  if (await partialRevokes(session, signal))
    missing.push(
      'this server has "partial_revokes" on, with which rights can not be given in databases that are made beside it: not tried, and so refused',
    );
  const system = hasRight(grants, 'SELECT', 'mysql');
  need('see who is locked and who may call what', system, 'SELECT ON mysql.*');
  const callers = system ? await readRoutineGrants(session, name, signal) : [];
  const gives = callers.length === 0 || hasRight(grants, 'GRANT OPTION', name);
  need('give back who may call what', gives, `GRANT OPTION ON ${onDatabase(name)}`);
  for (const { what, right } of globalRights(
    session,
    definers.some((each) => each !== own),
  ))
    need(what, hasGlobalRight(grants, right) || hasGlobalRight(grants, 'SUPER'), `${right} ON *.*`);
  const locked = accounts ?? (system ? await accountsIn(session, name, signal) : ['']);
  const why = await whyNotLocked(session, locked, signal);
  if (why !== undefined) missing.push(why);
  const noLocks = whyNoLocks(session);
  if (locked.length > 0 && noLocks !== undefined) missing.push(noLocks);
  else if (locked.length > 0)
    need('lock accounts out', hasGlobalRight(grants, 'CREATE USER'), 'CREATE USER ON *.*');
  return missing;
}

/** Named as no database is called, but those of Kedge. */
function besidePattern(name: string): string {
  const escaped = `${name}__kedge_`.replaceAll(/[\\_%]/g, String.raw`\$&`);
  return `${identifier(`${escaped}%`)}.*`;
}

function globalRights(session: SqlSession, hasDefiners: boolean) {
  const ofMysql = isMysql(session);
  const isOld = isOlder(numberOf(session.version), ofMysql ? '8.0' : '10.5');
  const end = isOld ? 'SUPER' : ofMysql ? 'CONNECTION_ADMIN' : 'CONNECTION ADMIN';
  const definer = isOld ? 'SUPER' : ofMysql ? definerOfMysql(session) : 'SET USER';
  return [
    { what: 'see the connections of others', right: 'PROCESS' },
    { what: 'end the connections of others', right: end },
    ...(hasDefiners ? [{ what: 'make views and code that run as others', right: definer }] : []),
  ];
}

/** It got another name in 8.2, and lost the old one in 8.4. */
function definerOfMysql({ version }: SqlSession): string {
  return isOlder(numberOf(version), '8.2') ? 'SET_USER_ID' : 'SET_ANY_DEFINER';
}

/** Accounts can be locked from 10.4 on. */
function whyNoLocks(session: SqlSession): string | undefined {
  const version = numberOf(session.version);
  if (isMysql(session) || !isOlder(version, '10.4')) return undefined;
  return `this server is MariaDB ${version}: before 10.4 no account can be locked, so the application could not be shut out; set "accounts" to [] and stop all that uses the database yourself`;
}

/** Then names in rights are names, and none holds for databases that are still to be made. */
async function partialRevokes(session: SqlSession, signal: AbortSignal): Promise<boolean> {
  if (!isMysql(session) || isOlder(numberOf(session.version), '8.0')) return false;
  const [row] = await session.query(`SHOW VARIABLES LIKE 'partial_revokes'`, signal);
  return row?.['Value'] === 'ON';
}
