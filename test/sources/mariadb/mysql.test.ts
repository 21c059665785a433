import { expect, test } from 'vitest';
import { accountsIn } from '../../../agent/databases/mariadb/accounts.ts';
import { findLocalMariadb } from '../../../agent/databases/mariadb/local-mariadb.ts';
import { isMysqlHere } from '../../../agent/databases/mariadb/local-mysql.ts';
import type { MariadbSettings } from '../../../agent/databases/mariadb/settings.ts';
import { SqlError, type SqlRow, type SqlSession } from '../../../agent/databases/sql-session.ts';
import { knownModes } from '../../../agent/sources/mariadb/create-code.ts';
import { howFarTried } from '../../../agent/sources/mariadb/how-far-tried.ts';
import { dumpDenials } from '../../../agent/sources/mariadb/privileges.ts';
import { missingRights } from '../../../agent/sources/mariadb/restore-rights.ts';
import { needsKeys } from '../../../agent/sources/mariadb/server-findings.ts';
import { refuseTooOld } from '../../../agent/sources/mariadb/sessions.ts';

// There is no MySQL to be had for the tests: these hold what its manual says against what Kedge asks it.
const signal = new AbortController().signal;
const server: MariadbSettings = { engine: 'mariadb', name: 'clinic', user: 'kedge' };

/** Answers by the first pattern that is in a question; nothing else is there. */
function scripted(
  version: string,
  answers: Readonly<Record<string, readonly SqlRow[] | SqlError>>,
): SqlSession {
  const query = async (sql: string): Promise<readonly SqlRow[]> => {
    const found = Object.entries(answers).find(([part]) => sql.includes(part))?.[1] ?? [];
    if (found instanceof SqlError) throw found;
    return found;
  };
  return { version, query, [Symbol.dispose]: () => undefined };
}

const own = { 'CURRENT_USER()': [{ own: 'kedge@localhost' }] };
const grants = (...lines: readonly string[]) => ({
  'SHOW GRANTS': lines.map((line) => ({ grants: `${line} TO \`kedge\`@\`localhost\`` })),
});
const canDump = 'GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `clinic`.*';

async function grantOfCode(version: string, ...lines: readonly string[]) {
  const session = scripted(version, { ...own, ...grants(canDump, ...lines) });
  const denials = await dumpDenials(session, server, signal);
  return denials.map(({ failure: { params } }) => params['grant']);
}

test('the right to read routines is asked of each MySQL under the name that it has there', async () => {
  const to = 'TO `kedge`@`localhost`;';
  expect(await grantOfCode('5.7.44-log')).toEqual([`GRANT SELECT ON mysql.proc ${to}`]);
  expect(await grantOfCode('5.7.44-log', 'GRANT SELECT ON `mysql`.`proc`')).toEqual([]);
  expect(await grantOfCode('8.0.19')).toEqual([`GRANT SELECT ON *.* ${to}`]);
  expect(await grantOfCode('8.0.36')).toEqual([`GRANT SHOW_ROUTINE ON *.* ${to}`]);
  expect(await grantOfCode('9.1.0')).toEqual([`GRANT SHOW_ROUTINE ON *.* ${to}`]);
  // A table of that name has nothing to do with it any more.
  expect(await grantOfCode('8.4.3', 'GRANT SELECT ON `mysql`.`proc`')).toHaveLength(1);
  expect(await grantOfCode('8.4.3', 'GRANT SHOW_ROUTINE ON *.*')).toEqual([]);
});

async function rights(version: string, more: Readonly<Record<string, readonly SqlRow[]>> = {}) {
  const session = scripted(version, { ...own, ...grants('GRANT USAGE ON *.*'), ...more });
  return (await missingRights(session, server, ['root@localhost'], signal)).join('\n');
}

test('what a restore needs is asked of each version under the name that it has there', async () => {
  expect(await rights('5.7.44')).toContain('(GRANT SUPER ON *.* TO');
  expect(await rights('8.0.36')).toContain('(GRANT SET_USER_ID ON *.* TO');
  expect(await rights('8.4.3')).toContain('(GRANT SET_ANY_DEFINER ON *.* TO');
  expect(await rights('8.4.3')).toContain('(GRANT CONNECTION_ADMIN ON *.* TO');
  expect(await rights('10.11.6-MariaDB')).toContain('(GRANT SET USER ON *.* TO');
  expect(await rights('10.3.39-MariaDB')).toContain('no account can be locked');
  const partial = { "LIKE 'partial_revokes'": [{ Value: 'ON' }] };
  expect(await rights('8.0.36', partial)).toContain('"partial_revokes" on');
  expect(await rights('8.0.36')).not.toContain('partial_revokes');
});

test('accounts that have their rights by a role are found; MySQL 5.7 has no roles', async () => {
  const direct = { schema_privileges: [{ grantee: "'app'@'%'" }] };
  const ofRoles = { 'mysql.role_edges': [{ account: 'clerk@10.0.0.%' }] };
  const found = scripted('8.0.36', { ...own, user_privileges: [], ...direct, ...ofRoles });
  expect(await accountsIn(found, 'clinic', signal)).toEqual(['app@%', 'clerk@10.0.0.%']);
  const noTable = { 'mysql.role_edges': new SqlError('1064', 'near WITH RECURSIVE') };
  const old = scripted('5.7.44', { ...own, user_privileges: [], ...direct, ...noTable });
  expect(await accountsIn(old, 'clinic', signal)).toEqual(['app@%']);
});

test('a server that is too old is refused by its number', () => {
  for (const version of ['5.6.24', '5.5.68-MariaDB', '10.2.44-MariaDB-log'])
    expect(() => refuseTooOld({ version })).toThrow(/or newer is needed/);
  for (const version of ['5.7.44-log', '8.0.36', '9.1.0', '10.3.39-MariaDB', '11.8.2-MariaDB'])
    expect(() => refuseTooOld({ version })).not.toThrow();
});

test('init proposes for a local MySQL what MySQL understands', () => {
  const among = (paths: readonly string[]) => (path: string) => paths.includes(path);
  expect(isMysqlHere(among(['/usr/sbin/mysqld']))).toBe(true);
  expect(isMysqlHere(among(['/usr/sbin/mysqld', '/usr/sbin/mariadbd']))).toBe(false);
  const [found] = findLocalMariadb('kedge', [import.meta.filename], true);
  expect(found?.product).toBe('MySQL');
  expect(found?.sql[0]).toContain('not yet run against MySQL');
  expect(found?.sql.join('\n')).toContain('IDENTIFIED WITH auth_socket');
  expect(found?.sql.join('\n')).not.toMatch(/CONNECTION ADMIN|mariadb-server|unix_socket/);
});

test('code of 5.7 comes back without modes that newer servers refuse', () => {
  const mode = 'ONLY_FULL_GROUP_BY,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';
  expect(knownModes({ version: '5.7.44' }, mode)).toBe(mode);
  expect(knownModes({ version: '8.0.36' }, mode)).toBe('ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION');
  expect(knownModes({ version: '11.4.2-MariaDB' }, 'ORACLE')).toBe('ORACLE');
});

test('it is said that MySQL was not tried, and what it makes of tables without a key', async () => {
  expect(howFarTried({ version: '8.0.36' })).toEqual([
    expect.stringContaining('not yet run against MySQL'),
  ]);
  expect(howFarTried({ version: '10.11.6-MariaDB' })).toEqual([]);
  const on = { 'SHOW VARIABLES': [{ Variable_name: 'sql_require_primary_key', Value: 'ON' }] };
  expect(await needsKeys(scripted('8.0.36', on), signal)).toEqual([
    expect.stringContaining('"sql_require_primary_key" is on'),
  ]);
  expect(await needsKeys(scripted('10.11.6-MariaDB', on), signal)).toEqual([]);
});
