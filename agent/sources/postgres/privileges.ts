import { KedgeError } from '../../../protocol/failures.ts';
import { identifier } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlRow, SqlSession } from '../../databases/sql-session.ts';
import { product } from './sessions.ts';
import { majorOf } from './tools.ts';

interface Right {
  readonly what: string;
  /** Answers a row with what is closed, where something is. */
  readonly sql: string;
  grant(user: string, row: SqlRow, major: number): string;
}

/** What the role must be able to read, each with the SQL that would let it. */
const rights: readonly Right[] = [
  {
    what: 'read the table',
    sql: `SELECT n.nspname || '.' || c.relname AS closed, n.nspname AS schema,
        pg_get_userbyid(c.relowner) AS owner FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'S', 'm') AND c.relpersistence <> 't'
        AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        AND NOT (has_schema_privilege(n.oid, 'USAGE') AND CASE c.relkind
          WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
          ELSE has_table_privilege(c.oid, 'SELECT') END)
      ORDER BY 1 LIMIT 1`,
    grant: (user, row, major) =>
      major < readsAllSince
        ? grantOfSchema(user, row)
        : `GRANT ${readsAll} TO ${identifier(user)};`,
  },
  {
    what: 'read past the row security of',
    sql: `SELECT n.nspname || '.' || c.relname AS closed FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity
        AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
        AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
      ORDER BY 1 LIMIT 1`,
    grant: (user) => `ALTER ROLE ${identifier(user)} BYPASSRLS;`,
  },
  {
    what: 'read the large object',
    sql: `SELECT l.oid::text AS closed FROM pg_largeobject_metadata l
      WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        AND NOT pg_has_role(l.lomowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM aclexplode(l.lomacl) a WHERE a.privilege_type = 'SELECT'
          AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))
      ORDER BY l.oid LIMIT 1`,
    grant: (user) =>
      `GRANT the role that owns the large objects TO ${identifier(user)}, or make ${identifier(user)} a superuser`,
  },
];

const readsAll = 'pg_read_all_data';
const readsAllSince = 14;

/** For want of a role that reads all: what is there, and what its owner will make. */
function grantOfSchema(user: string, { schema, owner }: SqlRow): string {
  const [to, where] = [identifier(user), identifier(schema ?? '')];
  const made = `ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier(owner ?? '')} IN SCHEMA ${where} GRANT SELECT ON`;
  return [
    `GRANT USAGE ON SCHEMA ${where} TO ${to};`,
    ...['TABLES', 'SEQUENCES'].flatMap((what) => [
      `GRANT SELECT ON ALL ${what} IN SCHEMA ${where} TO ${to};`,
      `${made} ${what} TO ${to};`,
    ]),
  ].join(' ');
}

/** What keeps Kedge's role from dumping the database that the session is in. */
export async function dumpDenials(
  session: SqlSession,
  { user }: PostgresSettings,
  signal: AbortSignal,
): Promise<readonly KedgeError[]> {
  const denials: KedgeError[] = [];
  const major = majorOf(session.version);
  for (const { what, sql, grant } of rights) {
    const [row] = await session.query(sql, signal);
    const closed = row?.['closed'];
    if (row === undefined || !closed) continue;
    const params = { product, user, what: `${what} "${closed}"`, grant: grant(user, row, major) };
    denials.push(new KedgeError('database-denied', params));
  }
  return denials;
}
