import * as z from 'zod';
import { literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { ownSchemas } from './database-place.ts';
import type { DumpFacts, Properties } from './dump-facts.ts';
import { majorOf } from './tools.ts';

/** The rest is known when the dump is there. */
type Read = Pick<
  DumpFacts,
  'properties' | 'roles' | 'owners' | 'strangers' | 'extensions' | 'ownPublic'
>;

/** Of the database that the session is in. */
export async function readFacts(session: SqlSession, signal: AbortSignal): Promise<Read> {
  const properties = await readProperties(session, 'current_database()', signal);
  const [roles] = await session.query(rolesSql, signal);
  const extensions = await session.query(
    `SELECT extname AS name, extversion AS version FROM pg_extension ORDER BY 1`,
    signal,
  );
  const publics = isBefore15(session) ? await session.query(ownPublicSql, signal) : [];
  const strangers = await session.query(strangersSql, signal);
  if (properties === undefined) throw new Error('the database has no properties');
  return {
    properties,
    roles: Texts.parse(JSON.parse(roles?.['names'] ?? '[]')),
    strangers: strangers.map(({ owner, schema }) => ({ owner: owner ?? '', schema: schema ?? '' })),
    owners: Texts.parse(JSON.parse(roles?.['owners'] ?? '[]')),
    extensions: extensions.map(({ name, version }) => ({
      name: name ?? '',
      version: version ?? '',
    })),
    ...(publics.length === 0 ? {} : { ownPublic: true }),
  };
}

/** From then on it belongs to whoever owns the database. */
export function isBefore15({ version }: Pick<SqlSession, 'version'>): boolean {
  return majorOf(version) < 15;
}

/** Other than the server has made it; the order of rights is that in which they were given. */
const ownPublicSql = `SELECT FROM pg_namespace n
  LEFT JOIN pg_init_privs p ON p.objoid = n.oid AND p.classoid = 'pg_namespace'::regclass AND p.objsubid = 0
  WHERE n.nspname = 'public' AND (n.nspowner <> 10
    OR (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(n.nspacl) a)
      IS DISTINCT FROM (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(p.initprivs) a))`;

const Texts = z.array(z.string());

/** Properties of a database of the server, from whichever one the session is in; undefined: it is not there. */
export async function propertiesOf(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<Properties | undefined> {
  return await readProperties(session, literal(database), signal);
}

async function readProperties(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<Properties | undefined> {
  const [row] = await session.query(propertiesSql(majorOf(session.version), name), signal);
  const text = row?.['properties'];
  return text ? PropertiesRow.parse(JSON.parse(text)) : undefined;
}

const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined);
const PropertiesRow = z
  .object({
    owner: z.string(),
    encoding: z.string(),
    provider: optionalText,
    collate: z.string(),
    ctype: z.string(),
    locale: optionalText,
    icuRules: optionalText,
    tablespace: z.string(),
    connectionLimit: z.number(),
    comment: optionalText,
    grants: z
      .array(
        z.object({
          grantor: z.string(),
          grantee: optionalText,
          privilege: z.string(),
          grantable: z.boolean(),
        }),
      )
      .nullable()
      .transform((grants) => grants ?? undefined),
    settings: z.array(
      z.object({ role: optionalText, name: z.string(), value: z.string(), list: z.boolean() }),
    ),
  })
  .transform(withoutUndefined);

function withoutUndefined(row: object): Properties {
  return JSON.parse(JSON.stringify(row));
}

/** Columns of pg_database came and got other names: 15 has providers, 16 rules of ICU, 17 one name for the locale. */
function propertiesSql(major: number, name: string): string {
  const provider = major >= 15 ? 'd.datlocprovider::text' : 'NULL::text';
  const locale = major >= 17 ? 'd.datlocale' : major >= 15 ? 'd.daticulocale' : 'NULL::text';
  const rules = major >= 16 ? 'd.daticurules' : 'NULL::text';
  return `SELECT json_build_object(
      'owner', pg_get_userbyid(d.datdba), 'encoding', pg_encoding_to_char(d.encoding),
      'provider', ${provider}, 'collate', d.datcollate, 'ctype', d.datctype,
      'locale', ${locale}, 'icuRules', ${rules}, 'tablespace', t.spcname,
      'connectionLimit', d.datconnlimit, 'comment', shobj_description(d.oid, 'pg_database'),
      'grants', CASE WHEN d.datacl IS NOT NULL THEN ${grantsSql} END,
      'settings', ${settingsSql}) AS properties
    FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
    WHERE d.datname = ${name}`;
}

const grantsSql = `(SELECT coalesce(json_agg(json_build_object(
    'grantor', pg_get_userbyid(a.grantor),
    'grantee', CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END,
    'privilege', a.privilege_type, 'grantable', a.is_grantable) ORDER BY a.ordinality), '[]')
  FROM aclexplode(d.datacl) WITH ORDINALITY a)`;

/** Lists of names stand in a setting as they are quoted; all others are one text. Source: pg_dump, dumputils.c. */
const listSettings = [
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
].map((name) => `'${name}'`);

const settingsSql = `(SELECT coalesce(json_agg(json_build_object(
    'role', CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,
    'name', split_part(c, '=', 1), 'value', substr(c, strpos(c, '=') + 1),
    'list', split_part(c, '=', 1) IN (${listSettings.join(', ')})) ORDER BY s.setrole, n), '[]')
  FROM pg_db_role_setting s, unnest(s.setconfig) WITH ORDINALITY u(c, n)
  WHERE s.setdatabase = d.oid)`;

/** Extensions are made by who restores them, and a mapping is for a role, not its own. */
const isDumpedAsOwned = (classid: string, objid: string): string =>
  `${classid} NOT IN ('pg_extension'::regclass, 'pg_user_mapping'::regclass)
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = ${classid} AND e.objid = ${objid} AND e.deptype = 'e')`;

/** The first superuser is in no list of dependencies. */
const ofFirst = `SELECT pg_get_userbyid(10) FROM (
    SELECT 'pg_class'::regclass AS classid, oid FROM pg_class
      WHERE relowner = 10 AND relpersistence <> 't' AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
    UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE proowner = 10
    UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typowner = 10 AND typrelid = 0 AND typelem = 0
    UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspowner = 10 AND nspname NOT LIKE 'pg\\_%') o
  WHERE o.oid > 16383 AND ${isDumpedAsOwned('o.classid', 'o.oid')}`;

const strangersSql = `SELECT DISTINCT r.rolname AS owner, n.nspname AS schema FROM (
    SELECT 'pg_class'::regclass AS classid, oid, relowner AS owner, relnamespace AS schema FROM pg_class
      WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relpersistence <> 't'
    UNION ALL SELECT 'pg_proc'::regclass, oid, proowner, pronamespace FROM pg_proc
    UNION ALL SELECT 'pg_type'::regclass, oid, typowner, typnamespace FROM pg_type
      WHERE typrelid = 0 AND typelem = 0) o
  JOIN pg_namespace n ON n.oid = o.schema JOIN pg_roles r ON r.oid = o.owner
  WHERE o.oid > 16383 AND NOT r.rolsuper AND NOT pg_has_role(r.oid, n.nspowner, 'USAGE')
    AND n.nspname !~ ${literal(ownSchemas)} AND n.nspname NOT LIKE 'pg\\_%'
    AND ${isDumpedAsOwned('o.classid', 'o.oid')} ORDER BY 1, 2`;

/** The first superuser's name is asked for only where it owns something: it may have another one elsewhere. */
const rolesSql = `WITH roles AS (
    SELECT r.rolname, bool_or(s.deptype = 'o' AND ${isDumpedAsOwned('s.classid', 's.objid')}) AS owns
    FROM pg_database d JOIN pg_shdepend s ON s.dbid = d.oid OR s.classid = 'pg_database'::regclass AND s.objid = d.oid
      JOIN pg_roles r ON r.oid = s.refobjid AND s.refclassid = 'pg_authid'::regclass
    WHERE d.datname = current_database() AND r.oid > 16383 GROUP BY 1)
  SELECT json_agg(r.rolname ORDER BY r.rolname) AS names,
    (SELECT json_agg(o.name ORDER BY o.name) FROM (
      SELECT rolname AS name FROM roles WHERE owns UNION ${ofFirst}) o) AS owners
  FROM roles r`;
