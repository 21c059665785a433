import { identifier, literal } from '../../databases/mariadb/quote.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { errorMessage } from '../../os/error-code.ts';
import { beforeOperation } from '../../os/faults.ts';
import { type CodeObject, codeKey, wordCode } from './code-object.ts';
import { codeIn, isIn, nameOf } from './list-objects.ts';
import { isOlder } from './older.ts';
import { moveView, orderViews } from './order-views.ts';
import { isMysql, numberOf } from './sessions.ts';

/** What others call comes first, and events last: those begin at once. */
const order: readonly CodeObject['kind'][] = [
  'package',
  'package body',
  'function',
  'procedure',
  'view',
  'trigger',
  'event',
];

export interface Made {
  /** In which they are made. */
  readonly database: string;
  /** In which they were read. */
  readonly from: string;
  readonly objects: readonly CodeObject[];
  /** Told of a view that names what is not there, and is left out; absent: that is thrown. */
  readonly onBroken?: ((view: CodeObject, why: string) => void) | undefined;
}

/** Makes them where none of their names is, views also over older ones. */
export async function createCode(
  session: SqlSession,
  { database, from, objects, onBroken }: Made,
  signal: AbortSignal,
): Promise<void> {
  const whole = objects.filter(({ isBroken }) => isBroken !== true);
  if (whole.length === 0) return;
  const collation = await collationOf(session, database, signal);
  const functions = whole.filter(({ kind }) => kind === 'function').map(({ name }) => name);
  const run = async (sqls: readonly string[]): Promise<void> => {
    for (const sql of sqls) await session.query(sql, signal);
  };
  await run([`USE ${identifier(database)}`, ...usualSettings]);
  const make = async (object: CodeObject): Promise<void> => {
    beforeOperation('make code', wordCode(object));
    const moved = { from, to: database, functions };
    const made = object.kind === 'view' ? moveView(orReplace(object.sql), moved) : object.sql;
    const mode = knownModes(session, object.mode);
    await run(underItsCollation({ database, collation, object: { ...object, mode } }, made));
  };
  const leaveOut = async (view: CodeObject, error: unknown): Promise<void> => {
    const isLeft = onBroken !== undefined && view.kind === 'view' && isUnresolved(error);
    if (!isLeft) throw error;
    onBroken(view, errorMessage(error));
    await run([...usualSettings, `DROP VIEW IF EXISTS ${identifier(view.name)}`]);
  };
  for (const kind of order) {
    const ofKind = whole.filter((object) => object.kind === kind);
    // A view may stand on one that comes later.
    if (kind === 'view') await run([...usualSettings, ...ofKind.map(standIn)]);
    for (const object of kind === 'view' ? orderViews(ofKind) : ofKind)
      await make(object).catch(async (error: unknown) => await leaveOut(object, error));
  }
  await run(usualSettings);
}

/** No such table, column, function, view that can be read, definer of it; of another database, say. */
const unresolved: ReadonlySet<string> = new Set(['1146', '1054', '1305', '1356', '1449', '1049']);

function isUnresolved(error: unknown): boolean {
  return error instanceof SqlError && unresolved.has(error.code);
}

/** What is made keeps the collation that its database has then. */
function underItsCollation(
  at: { readonly database: string; readonly collation: string; readonly object: CodeObject },
  made: string,
): readonly string[] {
  const { database, collation, object } = at;
  const { databaseCollation = collation } = object;
  const statements = [settingsFor(object), made];
  if (databaseCollation === collation) return statements;
  return [collate(database, databaseCollation), ...statements, collate(database, collation)];
}

/** Its columns are enough for views that stand on it. */
function standIn({ name, columns = [] }: CodeObject): string {
  const listed = columns.map((column) => `1 AS ${identifier(column)}`).join(', ');
  return `CREATE OR REPLACE VIEW ${identifier(name)} AS SELECT ${listed === '' ? '1' : listed}`;
}

function orReplace(sql: string): string {
  return sql.replace(/^CREATE (?!OR REPLACE )/, 'CREATE OR REPLACE ');
}

/** All that a session is sent is UTF-8. */
const sendable: ReadonlySet<string> = new Set(['utf8', 'utf8mb3', 'utf8mb4']);

function settingsFor({ sql, charset, collation, mode, timeZone }: CodeObject): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const isSame = sendable.has(charset) || /^[\x00-\x7f]*$/.test(sql);
  const set = [
    `character_set_client = ${literal(isSame ? charset : 'utf8mb4')}`,
    `collation_connection = ${literal(collation)}`,
    `sql_mode = ${literal(mode ?? '')}`,
    ...(timeZone === undefined ? [] : [`time_zone = ${literal(timeZone)}`]),
  ];
  return `SET SESSION ${set.join(', ')}`;
}

/** MySQL 8.0 has no more of these, and refuses what names one: code made on 5.7 does by default. */
const goneModes: ReadonlySet<string> = new Set(
  `NO_AUTO_CREATE_USER DB2 MAXDB MSSQL MYSQL323 MYSQL40 ORACLE POSTGRESQL NO_FIELD_OPTIONS NO_KEY_OPTIONS NO_TABLE_OPTIONS`.split(
    ' ',
  ),
);

export function knownModes(session: Pick<SqlSession, 'version'>, mode = ''): string {
  if (!isMysql(session) || isOlder(numberOf(session.version), '8.0')) return mode;
  const modes = mode.split(',').filter((each) => !goneModes.has(each));
  return modes.join(',');
}

const usualSettings = ['SET NAMES utf8mb4', `SET SESSION sql_mode = '', time_zone = DEFAULT`];

const collate = (database: string, collation: string): string =>
  `ALTER DATABASE ${identifier(database)} COLLATE ${literal(collation)}`;

async function collationOf(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<string> {
  const where = isIn('schema_name', database);
  const sql = `SELECT default_collation_name AS name FROM information_schema.schemata WHERE ${where}`;
  const [row] = await session.query(sql, signal);
  return row?.['name'] ?? '';
}

/** All of it that is there now. */
export async function dropCode(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  for (const name of await codeIn(session, database, signal)) {
    beforeOperation('drop code', wordCode(name));
    // Bodies of packages are known to older servers in this mode only.
    const mode = name.kind.startsWith('package') ? 'ORACLE' : '';
    await session.query(`SET SESSION sql_mode = ${literal(mode)}`, signal);
    await session.query(`DROP ${nameOf(name, database)}`, signal);
  }
  await session.query(`SET SESSION sql_mode = ''`, signal);
}

/** Those that are not there; of events those that would have been only once may have been, and are gone by now. */
export async function missingCode(
  session: SqlSession,
  database: string,
  objects: readonly CodeObject[],
  signal: AbortSignal,
): Promise<readonly CodeObject[]> {
  const there = new Set((await codeIn(session, database, signal)).map(codeKey));
  return objects.filter((object) => object.isBroken !== true && !there.has(codeKey(object)));
}

/** Its time may have passed. */
export function isOnceOnly({ kind, sql }: CodeObject): boolean {
  return kind === 'event' && / ON SCHEDULE AT /.test(sql);
}
