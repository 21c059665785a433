import type Database from 'better-sqlite3';
import * as z from 'zod';
import { errorMessage } from '../../../os/error-code.ts';
import { quoted } from './sql-text.ts';

export type Schema = 'main' | 'backup';

/** What a table is made of, as far as its rows can be told apart and written. Names of columns in lower case. */
export interface TableShape {
  /** As the schema spells it. */
  readonly name: string;
  readonly sql: string;
  readonly kind: 'rowid' | 'without-rowid' | 'virtual' | 'view';
  /** Without generated and hidden ones. */
  readonly columns: readonly string[];
  /** Tells a row from all others; none: only all that is in it does. */
  readonly key: readonly string[];
  /** What the row number can be called; undefined: there is none, or columns have taken all its names. */
  readonly rowName: string | undefined;
  /** The key is the row number, given by SQLite where the application gives none. */
  readonly isNumbered: boolean;
}

const Listed = z.array(
  z.object({ name: z.string(), type: z.string(), wr: z.number(), sql: z.string().nullable() }),
);

/** By name in lower case. Neither SQLite's own tables nor the ones in which virtual tables keep their content. */
export function readShapes(
  database: Database.Database,
  schema: Schema,
): ReadonlyMap<string, TableShape> {
  const rows = database
    .prepare(
      `select l.name, l.type, l.wr, s.sql from pragma_table_list l
       left join ${schema}.sqlite_schema s on s.name = l.name and s.type in ('table', 'view')
       where l.schema = ? and l.type <> 'shadow' and l.name not like 'sqlite\\_%' escape '\\'
       order by l.name`,
    )
    .all(schema);
  return new Map(
    Listed.parse(rows).map((listed) => [
      listed.name.toLowerCase(),
      readShape(database, schema, listed),
    ]),
  );
}

function readShape(
  database: Database.Database,
  schema: Schema,
  { name, type, wr, sql }: z.infer<typeof Listed>[number],
): TableShape {
  const kind = kindOf(type, wr);
  const found = kind === 'view' ? [] : readableColumns(database, schema, name);
  const columns = found.filter(({ hidden }) => hidden === 0);
  const names = columns.map((column) => column.name);
  const indexes = kind === 'rowid' ? uniqueIndexes(database, schema, name) : [];
  const primary = primaryKey(columns);
  const rowName = kind === 'rowid' ? freeRowName(found.map((column) => column.name)) : undefined;
  return {
    name,
    sql: sql ?? '',
    kind,
    columns: names,
    key: primary.length > 0 ? primary : keyAmong(indexes, columns),
    rowName,
    isNumbered: kind === 'rowid' && primary.length === 1 && !indexes.some(isPrimary),
  };
}

function kindOf(type: string, withoutRowid: number): TableShape['kind'] {
  if (type === 'view' || type === 'virtual') return type;
  return withoutRowid === 1 ? 'without-rowid' : 'rowid';
}

const Columns = z.array(
  z.object({ name: z.string(), notnull: z.number(), pk: z.number(), hidden: z.number() }),
);
type Columns = z.infer<typeof Columns>;

function columnsOf(database: Database.Database, schema: Schema, table: string): Columns {
  const sql = 'select lower(name) as name, "notnull", pk, hidden from pragma_table_xinfo(?, ?)';
  return Columns.parse(database.prepare(sql).all(table, schema));
}

/** None of a virtual table whose module only the application has. */
function readableColumns(database: Database.Database, schema: Schema, table: string): Columns {
  try {
    return columnsOf(database, schema, table);
  } catch (error) {
    if (/^no such module/.test(errorMessage(error))) return [];
    throw error;
  }
}

function primaryKey(columns: Columns): readonly string[] {
  const parts = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return parts.map(({ name }) => name);
}

const Indexes = z.array(z.object({ name: z.string(), origin: z.string(), partial: z.number() }));

export interface UniqueIndex {
  readonly name: string;
  readonly origin: string;
  readonly partial: number;
  /** Null stands for an expression. */
  readonly columns: readonly (string | null)[];
}

const isPrimary = ({ origin }: UniqueIndex) => origin === 'pk';
const IndexColumns = z.array(z.string().nullable());

/** Those of constraints too; in order of their names. */
export function uniqueIndexes(
  database: Database.Database,
  schema: Schema,
  table: string,
): readonly UniqueIndex[] {
  const sql = `select name, origin, partial from pragma_index_list(?, ?) where "unique" = 1 order by name`;
  return Indexes.parse(database.prepare(sql).all(table, schema)).map((index) => ({
    ...index,
    columns: IndexColumns.parse(
      database
        .prepare('select lower(name) from pragma_index_info(?, ?) order by seqno')
        .pluck()
        .all(index.name, schema),
    ),
  }));
}

/** Without a primary key: what is unique and never NULL. */
function keyAmong(indexes: readonly UniqueIndex[], columns: Columns): readonly string[] {
  const never = new Set(columns.filter(({ notnull }) => notnull === 1).map(({ name }) => name));
  for (const { partial, columns: names } of indexes) {
    const key = names.flatMap((name) => (name !== null && never.has(name) ? [name] : []));
    if (partial === 0 && key.length === names.length) return key;
  }
  return [];
}

function freeRowName(columns: readonly string[]): string | undefined {
  return ['rowid', '_rowid_', 'oid'].find((name) => !columns.includes(name));
}

export function tableIn(schema: Schema | 'temp', name: string): string {
  return `${schema}.${quoted(name)}`;
}
