import { expect, test } from 'vitest';
import { leftInMariadb } from '../../agent/sources/mariadb/left-behind.ts';
import type { RenameTables } from '../../agent/sources/mariadb/rename-step.ts';
import { leftInPostgres } from '../../agent/sources/postgres/left-behind.ts';
import { leftInSqlserver } from '../../agent/sources/sqlserver/left-behind.ts';
import type { RenameSqlserverDatabases } from '../../agent/sources/sqlserver/rename-databases.ts';

const names = { incoming: 'clinic__kedge_new_7', outgoing: 'clinic__kedge_undo_9' };
const mariadb = { engine: 'mariadb' as const, host: 'db.example', user: 'kedge', name: 'clinic' };
const properties = { charset: 'utf8mb4', collation: 'utf8mb4_general_ci' };
const rename: RenameTables = {
  ...{ kind: 'rename-tables', server: mariadb, live: 'clinic', wasThere: true, ...names },
  properties: { live: properties, incoming: properties },
  ...{ tables: { live: [], incoming: [] }, code: [], grants: [] },
  accounts: ['clinic@%', "o'neill@10.0.0.%"],
};

test('accounts that a MariaDB may have locked are named with the SQL that unlocks them', () => {
  const item = { live: 'mariadb://db.example:3306/clinic', ...names, server: mariadb };
  expect(leftInMariadb(item, { step: rename, isUndo: false })).toEqual({
    what: expect.stringMatching(
      /if there is a database `clinic__kedge_undo_9`.*`clinic__kedge_new_7` may be there.*locked: clinic@%, o'neill@10/,
    ),
    sql: [
      'ALTER USER `clinic`@`%` ACCOUNT UNLOCK;',
      "ALTER USER `o'neill`@`10.0.0.%` ACCOUNT UNLOCK;",
      'DROP DATABASE IF EXISTS `clinic__kedge_new_7`;',
    ],
  });
});

test('what an undo would have brought back is never offered to be dropped', () => {
  const item = { live: 'mariadb://db.example:3306/clinic', ...names, server: mariadb };
  const untouched = leftInMariadb(item, { step: undefined, isUndo: true });
  expect(untouched).toEqual({
    what: 'The content of the database `clinic` was not touched. What was to come back is still the database `clinic__kedge_new_7`.',
    sql: [],
  });
  expect(leftInMariadb(item, { step: rename, isUndo: true })?.sql.join()).not.toContain('DROP');
});

test('of tables of PostgreSQL the schemas beside them are left, in their database', () => {
  const server = { ...mariadb, engine: 'postgres' as const };
  const item = { live: 'postgres://db.example:5432/clinic', ...names, server, tables: ['a.b'] };
  expect(leftInPostgres(item, { isUndo: false })).toEqual({
    what: expect.stringContaining('data of a.b in the database "clinic" was not touched.'),
    sql: ['/* in "clinic" */ DROP SCHEMA IF EXISTS "clinic__kedge_new_7" CASCADE;'],
  });
});

test('a SQL Server may let in one user only', () => {
  const password = { env: 'SECRET' };
  const server = { ...mariadb, engine: 'sqlserver' as const, password };
  const step: RenameSqlserverDatabases = {
    ...{ kind: 'rename-sqlserver-databases', server, live: 'clinic', access: 'MULTI_USER' },
    ...names,
  };
  const item = { live: 'sqlserver://db.example:1433/clinic', ...names, server };
  expect(leftInSqlserver(item, { step, isUndo: false })?.sql).toEqual([
    'ALTER DATABASE [clinic] SET MULTI_USER;',
    'DROP DATABASE IF EXISTS [clinic__kedge_new_7];',
  ]);
});
