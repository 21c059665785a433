import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { toBecome } from '../become-role.ts';
import { wordMissingRoles } from '../role-findings.ts';
import type { GoneTable } from './gone-table.ts';

/** What a role lacks to make tables again that are gone, and to give them to their owners. */
export async function goneFindings(
  session: SqlSession,
  user: string,
  gone: readonly GoneTable[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (gone.length === 0) return [];
  const owners = new Set(gone.flatMap(({ before }) => before.map(({ owner }) => owner)));
  owners.delete('');
  const schemas = new Set(gone.map(({ schema }) => schema));
  const names = new Set(gone.flatMap(({ keys }) => keys.flatMap(({ from, to }) => [from, to])));
  const quoted = [...names].map(({ schema, name }) => `${identifier(schema)}.${identifier(name)}`);
  const roles = await session.query(
    `SELECT o.name, r.oid IS NULL AS missing FROM unnest(${texts([...owners])}) o(name) LEFT JOIN pg_roles r ON r.rolname = o.name
     WHERE r.oid IS NULL OR NOT pg_has_role(r.oid, 'USAGE') OR NOT pg_has_role(r.oid, '${toBecome(session)}')
     UNION SELECT pg_get_userbyid(relowner), false FROM pg_class
     WHERE oid IN (SELECT to_regclass(n) FROM unnest(${texts(quoted)}) n) AND NOT pg_has_role(relowner, 'USAGE')
     ORDER BY 1`,
    signal,
  );
  const closed = await session.query(
    `SELECT nspname AS name FROM pg_namespace
     WHERE nspname = ANY (${texts([...schemas])}) AND NOT (has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE')) ORDER BY 1`,
    signal,
  );
  const missing = roles.flatMap((row) => (row['missing'] === 't' ? [row['name'] ?? ''] : []));
  return [
    ...wordMissingRoles(missing),
    ...roles.flatMap(({ missing: isMissing, name }) =>
      isMissing === 't'
        ? []
        : [
            `"${user}" is no member of the role that owned the tables, or owns those of their foreign keys (GRANT ${identifier(name ?? '')} TO ${identifier(user)};)`,
          ],
    ),
    ...closed.map(
      ({ name }) =>
        `"${user}" may not make tables in the schema "${name}" (GRANT USAGE, CREATE ON SCHEMA ${identifier(name ?? '')} TO ${identifier(user)};)`,
    ),
  ];
}

function texts(values: readonly string[]): string {
  return `ARRAY[${values.map(literal).join(', ')}]::text[]`;
}
