import { identifier, literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isBefore16, toBecome } from './become-role.ts';
import type { Properties } from './dump-facts.ts';
import { majorOf } from './tools.ts';

interface Asked {
  readonly user: string;
  readonly properties: Properties;
}

/** What of a database's own grants and settings the role may not give back: else that is found when all is loaded. */
export async function propertyDenials(
  asked: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [row] = await session.query(
    `SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
    signal,
  );
  if (row?.['super'] === 't') return [];
  return [
    ...(await ofRoles(asked, session, signal)),
    ...(await ofParameters(asked, session, signal)),
    ...(await ofGrantors(asked, session, signal)),
  ];
}

/** Source: PostgreSQL, AlterRoleSet. Before 16 every role with CREATEROLE administers all but superusers. */
async function ofRoles(
  { user, properties: { settings } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const roles = settings.flatMap(({ role }) => role ?? []);
  const administers = isBefore16(session)
    ? 'true'
    : `pg_has_role(current_user, r.oid, 'MEMBER WITH ADMIN OPTION')`;
  const closed = await namesWhere(
    `SELECT r.rolname AS name FROM pg_roles r, pg_roles me
     WHERE me.rolname = current_user AND r.oid <> me.oid AND r.rolname IN (${listed(roles)})
       AND (r.rolsuper OR NOT me.rolcreaterole OR NOT ${administers}) ORDER BY 1`,
    session,
    signal,
  );
  return closed.map(
    (role) =>
      `the settings of the role "${role}" in this database can be set only by a superuser or a role with CREATEROLE that administers it, and "${user}" is none`,
  );
}

async function ofParameters(
  { user, properties: { settings } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = settings.map(({ name }) => name.toLowerCase());
  const granted =
    majorOf(session.version) < 15 ? 'false' : `has_parameter_privilege(current_user, name, 'SET')`;
  const closed = await namesWhere(
    `SELECT name FROM pg_settings WHERE lower(name) IN (${listed(names)})
       AND context IN ('superuser', 'superuser-backend') AND NOT ${granted} ORDER BY 1`,
    session,
    signal,
  );
  return closed.map(
    (name) =>
      `only a superuser can set "${name}" for this database, as it is in the backup, and "${user}" is none (from PostgreSQL 15 on: GRANT SET ON PARAMETER ${name} TO ${identifier(user)};)`,
  );
}

async function ofGrantors(
  { user, properties: { grants = [] } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const grantors = grants.map(({ grantor }) => grantor);
  const closed = await namesWhere(
    `SELECT rolname AS name FROM pg_roles WHERE rolname IN (${listed(grantors)})
       AND NOT pg_has_role(current_user, oid, '${toBecome(session)}') ORDER BY 1`,
    session,
    signal,
  );
  return closed.map(
    (role) =>
      `the role "${role}" has granted rights in this database, and "${user}" is no member of it (GRANT ${identifier(role)} TO ${identifier(user)};)`,
  );
}

async function namesWhere(sql: string, session: SqlSession, signal: AbortSignal) {
  return (await session.query(sql, signal)).flatMap(({ name }) => name ?? []);
}

/** Never empty, which SQL has no list for. */
function listed(names: readonly string[]): string {
  return [...new Set(['', ...names])].map(literal).join(', ');
}
