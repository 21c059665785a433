import { KedgeError } from '../../../protocol/failures.ts';
import { allowed, ownAccount } from '../../databases/mariadb/accounts.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import { account, identifier } from '../../databases/mariadb/quote.ts';
import type { SqlRow, SqlSession } from '../../databases/sql-session.ts';
import type { CodeObject } from './code-object.ts';
import { type CodeName, codeIn, isIn, nameOf } from './list-objects.ts';

/**
 * All of it, in the order in which it can be dropped, as the server would make it again. Not by `mariadb-dump`: that
 * ends at a view whose tables are gone, and such a database is the one that is restored.
 */
export async function readCode(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
  isAsked: (name: CodeName) => boolean = () => true,
): Promise<readonly CodeObject[]> {
  // Views name their database, unless it is that of the session.
  await session.query(`USE ${identifier(database)}`, signal);
  const objects: CodeObject[] = [];
  const names = (await codeIn(session, database, signal)).filter(isAsked);
  const columns = await columnsOfViews(session, database, signal);
  for (const name of names) {
    const row = await readOne(session, name, database, signal);
    objects.push({ ...name, ...settingsOf(row), sql: row['sql'] ?? '', ...viewOf(name, columns) });
  }
  return objects;
}

const right = 'SELECT ON mysql.*';

/** Its statement as "sql". */
async function readOne(
  session: SqlSession,
  name: CodeName,
  database: string,
  signal: AbortSignal,
): Promise<SqlRow> {
  const own = await ownAccount(session, signal);
  const what = `read how ${name.kind} "${name.name}" is made`;
  const show = `SHOW CREATE ${nameOf(name, database)}`;
  const [row = {}] = await allowed(session, show, { user: own, what, right }, signal);
  const made = Object.entries(row).find(
    ([column]) => column.startsWith('Create ') || column === 'SQL Original Statement',
  );
  // A server answers with nothing in the place of what its user may not see.
  if (made?.[1]) return { ...row, sql: made[1] };
  const grant = `GRANT ${right} TO ${account(own)};`;
  throw new KedgeError('database-denied', { product: productOf(session), user: own, what, grant });
}

function settingsOf(row: SqlRow) {
  const of = (column: string, key: string) => {
    const value = row[column];
    return value === null || value === undefined ? {} : { [key]: value };
  };
  return {
    charset: row['character_set_client'] ?? 'utf8mb4',
    collation: row['collation_connection'] ?? 'utf8mb4_general_ci',
    ...of('sql_mode', 'mode'),
    ...of('Database Collation', 'databaseCollation'),
    ...of('time_zone', 'timeZone'),
  };
}

interface ViewColumns {
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly broken: ReadonlySet<string>;
}

async function columnsOfViews(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<ViewColumns> {
  const rows = await session.query(
    `SELECT table_name AS view, column_name AS name FROM information_schema.columns
     WHERE ${isIn('table_schema', database)} ORDER BY table_name, ordinal_position`,
    signal,
  );
  // Without its time a server does not look into a view.
  const views = await session.query(
    `SELECT table_name AS view, table_comment AS comment, create_time AS made
     FROM information_schema.tables
     WHERE ${isIn('table_schema', database)} AND table_type = 'VIEW'`,
    signal,
  );
  const broken = views.filter(({ comment }) => / references invalid /.test(comment ?? ''));
  return {
    columns: new Map(
      [...Map.groupBy(rows, ({ view }) => view ?? '')].map(([view, of]) => [
        view,
        of.flatMap(({ name }) => name ?? []),
      ]),
    ),
    broken: new Set(broken.map(({ view }) => view ?? '')),
  };
}

function viewOf({ kind, name }: CodeName, { columns, broken }: ViewColumns) {
  if (kind !== 'view') return {};
  const of = { columns: columns.get(name) ?? [] };
  return broken.has(name) ? { ...of, isBroken: true as const } : of;
}
