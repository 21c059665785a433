import { identifier, literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { Grant, Properties } from './dump-facts.ts';
import { majorOf } from './tools.ts';

/** An empty database with the properties of another one; nobody but Kedge and its owner gets in yet. */
export async function createDatabase(
  session: SqlSession,
  name: string,
  properties: Properties,
  signal: AbortSignal,
): Promise<void> {
  await session.query(createSql(name, properties, majorOf(session.version)), signal);
  await session.query(`REVOKE CONNECT ON DATABASE ${identifier(name)} FROM PUBLIC`, signal);
}

function createSql(name: string, properties: Properties, major: number): string {
  const { owner, encoding, collate, ctype, tablespace } = properties;
  return [
    `CREATE DATABASE ${identifier(name)} TEMPLATE template0 OWNER ${identifier(owner)}`,
    `ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
    ...providerWords(properties, major),
    // The usual one is that of template0: to name it takes a right of its own.
    ...(tablespace === 'pg_default' ? [] : [`TABLESPACE ${identifier(tablespace)}`]),
  ].join(' ');
}

/** Before 15 there was libc only. */
function providerWords(
  { provider, locale, icuRules }: Properties,
  major: number,
): readonly string[] {
  if (major < 15) return [];
  // Not to be left out: template0 may be of ICU.
  if (provider === undefined || provider === 'c') return ['LOCALE_PROVIDER libc'];
  const rules = icuRules === undefined ? [] : [`ICU_RULES ${literal(icuRules)}`];
  if (provider === 'b') return [`LOCALE_PROVIDER builtin BUILTIN_LOCALE ${literal(locale ?? 'C')}`];
  return [`LOCALE_PROVIDER icu ICU_LOCALE ${literal(locale ?? 'und')}`, ...rules];
}

/** What belongs to the database by its number, and is in no dump of it. In one transaction. */
export async function giveProperties(
  session: SqlSession,
  name: string,
  properties: Properties,
  signal: AbortSignal,
): Promise<void> {
  const statements = [
    ...grantWords(name, properties),
    ...properties.settings.map((setting) => settingSql(name, setting)),
    `ALTER DATABASE ${identifier(name)} CONNECTION LIMIT ${Math.trunc(properties.connectionLimit)}`,
    ...(properties.comment === undefined
      ? []
      : [`COMMENT ON DATABASE ${identifier(name)} IS ${literal(properties.comment)}`]),
  ];
  await session.query('BEGIN', signal);
  for (const statement of statements) await session.query(statement, signal);
  await session.query('COMMIT', signal);
}

/** Rights that every new database has are given back where no others stand in the backup. */
function grantWords(name: string, { grants, owner }: Properties): readonly string[] {
  const database = identifier(name);
  if (grants === undefined) return [`GRANT CONNECT ON DATABASE ${database} TO PUBLIC`];
  return [
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `REVOKE ALL ON DATABASE ${database} FROM ${identifier(owner)}`,
    ...grants.flatMap((grant) => grantSql(database, grant, owner)),
  ];
}

/** Those given on by somebody else than the owner stay his. */
function grantSql(database: string, grant: Grant, owner: string): readonly string[] {
  const { grantor, grantee, privilege, grantable } = grant;
  const to = grantee === undefined ? 'PUBLIC' : identifier(grantee);
  const option = grantable ? ' WITH GRANT OPTION' : '';
  const words = `GRANT ${privilegeWord(privilege)} ON DATABASE ${database} TO ${to}${option}`;
  if (grantor === owner) return [words];
  return [`SET LOCAL ROLE ${identifier(grantor)}`, words, 'RESET ROLE'];
}

/** It comes from an archive, and stands where nothing can be quoted. */
function privilegeWord(privilege: string): string {
  const known = ['CONNECT', 'CREATE', 'TEMPORARY', 'TEMP'].find((word) => word === privilege);
  if (known === undefined) throw new Error(`a database has no right "${privilege}"`);
  return known;
}

type Setting = Properties['settings'][number];

function settingSql(name: string, { role, name: setting, value, list }: Setting): string {
  const whose =
    role === undefined
      ? `DATABASE ${identifier(name)}`
      : `ROLE ${identifier(role)} IN DATABASE ${identifier(name)}`;
  const words = list ? namesIn(value).map(literal).join(', ') : literal(value);
  // Of a name with a dot, as extensions have, each part is quoted by itself.
  const quoted = setting.split('.').map(identifier).join('.');
  return `ALTER ${whose} SET ${quoted} TO ${words === '' ? "''" : words}`;
}

/** The names in a list as it is kept: `"$user", public`. Source: PostgreSQL, SplitGUCList. */
function namesIn(list: string): readonly string[] {
  return [...list.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^",\s]+))\s*(?:,|$)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

/** Drops it, whoever is connected; nothing to do where it is gone. Only what Kedge made. */
export async function dropDatabase(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await session.query(`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`, signal);
}

/** Whether it lets clients in. */
export function allow(name: string, value: boolean): string {
  return `ALTER DATABASE ${identifier(name)} WITH ALLOW_CONNECTIONS ${value}`;
}

export function rename(from: string, to: string): string {
  return `ALTER DATABASE ${identifier(from)} RENAME TO ${identifier(to)}`;
}
