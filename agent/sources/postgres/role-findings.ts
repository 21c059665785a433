import { identifier, literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isBefore16, toBecome } from './become-role.ts';
import type { DumpFacts } from './dump-facts.ts';
import { isBefore15 } from './read-facts.ts';

interface Asked {
  readonly server: PostgresSettings;
  readonly facts: DumpFacts;
}

/** Whose rights, or whose own, something in the dump is. */
export async function missingRoles(
  { facts: { roles, owners = [], properties } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await session.query('SELECT rolname FROM pg_roles', signal);
  const known = new Set(found.map(({ rolname }) => rolname));
  const wanted = new Set([properties.owner, ...roles, ...owners]);
  return wordMissingRoles([...wanted].filter((role) => !known.has(role)));
}

/** Nothing where none is. */
export function wordMissingRoles(missing: readonly string[]): readonly string[] {
  if (missing.length === 0) return [];
  const names = missing.map((role) => `"${role}"`).join(', ');
  return [
    `these roles are missing in the server: ${names}; create them (globals.sql in the backup has them)`,
  ];
}

/** What is theirs can be given to them by a member only. */
export async function foreignOwners(
  { facts: { owners = [], properties }, server: { user } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const others = owners.filter((owner) => owner !== properties.owner);
  const rows = await session.query(
    `SELECT rolname AS name FROM pg_roles WHERE rolname IN (${['', ...others].map(literal).join(', ')})
       AND NOT pg_has_role(current_user, oid, '${toBecome(session)}') ORDER BY 1`,
    signal,
  );
  return rows.map(
    ({ name }) =>
      `"${user}" is no member of the role "${name}", which owns some of what is in it (GRANT ${identifier(name ?? '')} TO ${identifier(user)}${fully(session)};)`,
  );
}

/** A server gives what is in a schema only to those who may make something there, and rights in schemas come last. */
export async function strangersInSchemas(
  { facts: { strangers = [] }, server: { user } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const sql = 'SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper';
  if ((await session.query(sql, signal)).length > 0) return [];
  // Before 15 everybody may make something in it.
  const known = strangers.filter(({ schema }) => schema !== 'public' || !isBefore15(session));
  return known.map(
    ({ owner, schema }) =>
      `"${owner}" owns something in the schema "${schema}", which belongs to another role: only a superuser can bring that back, and "${user}" is none`,
  );
}

/** From 16 on a member may be one by halves. */
export function fully(session: SqlSession): string {
  return isBefore16(session) ? '' : ' WITH INHERIT TRUE, SET TRUE';
}
