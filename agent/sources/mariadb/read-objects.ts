import type { SqlRow, SqlSession } from '../../databases/sql-session.ts';
import { propertiesOf } from './database-properties.ts';
import type { CodeFacts } from './dump-facts.ts';
import { isIn } from './list-objects.ts';

/** `stamp` changes when it is made anew, or otherwise. */
interface Stamped {
  readonly stamp: string;
}
export interface FoundTable extends Stamped {
  readonly table: string;
  readonly kind: 'table' | 'sequence';
  readonly engine: string;
  /** With the rows that were. */
  readonly isVersioned: boolean;
  /** Their times are numbers of transactions. */
  readonly isByTransaction: boolean;
}
export interface FoundView extends Stamped {
  readonly view: string;
  /** What it stands on is not there. */
  readonly isBroken: boolean;
}
export type FoundCode = CodeFacts & Stamped;

/** All that a database has, as far as Kedge may see it. */
export interface DatabaseObjects {
  readonly charset: string;
  readonly collation: string;
  readonly comment: string;
  readonly tables: readonly FoundTable[];
  readonly views: readonly FoundView[];
  readonly code: readonly FoundCode[];
  readonly definers: readonly string[];
}

export async function readObjects(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<DatabaseObjects> {
  const ask = async (sql: string) => await session.query(sql, signal);
  const where = (column: string) => isIn(column, database);
  const named = await ask(
    `SELECT table_name AS name, table_type AS type, engine AS engine, create_time AS made,
       table_comment AS comment
     FROM information_schema.tables WHERE ${where('table_schema')}`,
  );
  const byTransaction = await ask(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns
     WHERE ${where('table_schema')} AND data_type = 'bigint' AND generation_expression = 'ROW START'`,
  );
  const views = await ask(
    `SELECT table_name AS name, definer AS definer, MD5(view_definition) AS stamp
     FROM information_schema.views WHERE ${where('table_schema')}`,
  );
  const code = await readCodeRows(ask, where);
  const {
    charset = '',
    collation = '',
    comment = '',
  } = (await propertiesOf(session, database, signal)) ?? {};
  return {
    ...{ charset, collation, comment },
    tables: inOrder(
      named.flatMap(tableOf(new Set(byTransaction.map(({ name }) => name)))),
      ({ table }) => table,
    ),
    views: inOrder(viewsOf(named, views), ({ view }) => view),
    code: inOrder(code.map(codeOf), ({ kind, name }) => `${kind} ${name}`),
    definers: inOrder(
      [...new Set([...views, ...code].flatMap(({ definer }) => withoutHost(definer) ?? []))],
      (definer) => definer,
    ),
  };
}

async function readCodeRows(
  ask: (sql: string) => Promise<readonly SqlRow[]>,
  where: (column: string) => string,
): Promise<readonly SqlRow[]> {
  const triggers = await ask(
    `SELECT 'trigger' AS kind, trigger_name AS name, event_object_table AS tab, definer AS definer,
       CONCAT_WS(' ', created, MD5(action_statement)) AS stamp
     FROM information_schema.triggers WHERE ${where('trigger_schema')}`,
  );
  const routines = await ask(
    `SELECT LOWER(routine_type) AS kind, routine_name AS name, definer AS definer,
       CONCAT_WS(' ', last_altered, MD5(routine_definition)) AS stamp
     FROM information_schema.routines WHERE ${where('routine_schema')}`,
  );
  const events = await ask(
    `SELECT 'event' AS kind, event_name AS name, definer AS definer,
       CONCAT_WS(' ', last_altered, MD5(event_definition)) AS stamp
     FROM information_schema.events WHERE ${where('event_schema')}`,
  );
  return [...triggers, ...routines, ...events];
}

/** A role has none: "keepers@". */
function withoutHost(definer: string | null | undefined): string | undefined {
  return definer?.replace(/@$/, '');
}

const tableKinds: ReadonlyMap<string, FoundTable['kind']> = new Map([
  ['BASE TABLE', 'table'],
  ['SYSTEM VERSIONED', 'table'],
  ['SEQUENCE', 'sequence'],
]);

const tableOf =
  (byTransaction: ReadonlySet<string | null | undefined>) =>
  ({ name, type, engine, made }: SqlRow): readonly FoundTable[] => {
    const kind = tableKinds.get(type ?? '');
    if (kind === undefined) return [];
    const isVersioned = type === 'SYSTEM VERSIONED';
    const isByTransaction = byTransaction.has(name);
    const about = { engine: engine ?? '', isVersioned, isByTransaction, stamp: made ?? '' };
    return [{ table: name ?? '', kind, ...about }];
  };

function viewsOf(named: readonly SqlRow[], views: readonly SqlRow[]): readonly FoundView[] {
  const stamps = new Map(views.map(({ name, stamp }) => [name, stamp]));
  return named
    .filter(({ type }) => type === 'VIEW')
    .map(({ name, comment }) => ({
      view: name ?? '',
      isBroken: / references invalid /.test(comment ?? ''),
      stamp: stamps.get(name ?? '') ?? '',
    }));
}

const codeKinds: ReadonlyMap<string, CodeFacts['kind']> = new Map(
  (['trigger', 'function', 'package', 'package body', 'event'] as const).map((kind) => [
    kind,
    kind,
  ]),
);

function codeOf({ kind, name, tab, stamp }: SqlRow): FoundCode {
  const table = tab === undefined || tab === null ? {} : { table: tab };
  const known = codeKinds.get(kind ?? '') ?? 'procedure';
  return { kind: known, name: name ?? '', ...table, stamp: stamp ?? '' };
}

function inOrder<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[] {
  return all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * What of the parts of a dump may not fit together, as it changed while they were made; in words. Tables that came or
 * went meanwhile are in all of it or in none.
 */
export function changesBetween(before: DatabaseObjects, after: DatabaseObjects): readonly string[] {
  const tables = new Map(after.tables.map(({ table, stamp }) => [table, stamp]));
  const changed = before.tables.filter(
    ({ table, stamp }) => tables.has(table) && tables.get(table) !== stamp,
  );
  return [
    ...changed.map(({ table }) => `table "${table}"`),
    ...difference(viewStamps(before), viewStamps(after)),
    ...difference(codeStamps(before), codeStamps(after)),
  ];
}

const viewStamps = ({ views }: DatabaseObjects) =>
  new Map(views.map(({ view, stamp }) => [`view "${view}"`, stamp]));
const codeStamps = ({ code }: DatabaseObjects) =>
  new Map(code.map(({ kind, name, stamp }) => [`${kind} "${name}"`, stamp]));

function difference(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => before.get(name) !== after.get(name));
}
