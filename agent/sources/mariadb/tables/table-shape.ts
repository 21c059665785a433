import type { SqlRow, SqlSession } from '../../../databases/sql-session.ts';
import type { ComparedColumn } from '../../dumps/column-difference.ts';
import { isIn } from '../list-objects.ts';
import { named } from '../rename-step.ts';

export interface ShapedColumn {
  readonly name: string;
  /** "varchar(80)". */
  readonly type: string;
  /** "varchar". */
  readonly kind: string;
  /** Of texts. */
  readonly charset?: string | undefined;
  readonly isNullable: boolean;
  readonly isGenerated: boolean;
}

/** A table in a database as it is now, with what rows have to fit into. */
export interface TableShape {
  readonly table: string;
  /** For SQL, with its database. */
  readonly quoted: string;
  readonly engine: string;
  readonly columns: readonly ShapedColumn[];
  /** Columns by which rows are told apart: its primary key, or what is as good as one; empty: it has none. */
  readonly key: readonly string[];
  /** Rows have a history. */
  readonly isVersioned: boolean;
  /** On the server's disk, as it last looked. */
  readonly bytes: number;
  /** The number that the next row gets. */
  readonly nextNumber: bigint | undefined;
}

/** Of a database those of these names; sequences and views are none. */
export async function readShapes(
  session: SqlSession,
  database: string,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableShape>> {
  const ask = async (sql: string) => await session.query(sql, signal);
  const wanted = new Set(tables);
  const found = (await ask(tablesSql(database))).filter(({ tab }) => wanted.has(tab ?? ''));
  if (found.length === 0) return new Map();
  const columns = Map.groupBy(await ask(columnsSql(database)), ({ tab }) => tab);
  const indexed = Map.groupBy(await ask(indexesSql(database)), ({ tab }) => tab);
  return new Map(
    found.map(({ tab, engine, type, bytes, next }) => {
      const table = tab ?? '';
      const shape: TableShape = {
        table,
        quoted: named(database, table),
        engine: engine ?? '',
        columns: (columns.get(tab ?? null) ?? []).map(columnOf),
        key: keyIn(indexed.get(tab ?? null) ?? []),
        isVersioned: type === 'SYSTEM VERSIONED',
        bytes: Number(bytes ?? 0),
        nextNumber: next ? BigInt(next) : undefined,
      };
      return [table, shape] as const;
    }),
  );
}

const tablesSql = (database: string): string =>
  `SELECT table_name AS tab, engine AS engine, table_type AS type, auto_increment AS next,
     data_length + index_length + data_free AS bytes
   FROM information_schema.tables WHERE ${isIn('table_schema', database)}
     AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')`;

const columnsSql = (database: string): string =>
  `SELECT table_name AS tab, column_name AS name, column_type AS type, data_type AS kind,
     character_set_name AS charset, is_nullable AS nullable, extra AS extra
   FROM information_schema.columns WHERE ${isIn('table_schema', database)} ORDER BY 1, ordinal_position`;

const indexesSql = (database: string): string =>
  `SELECT table_name AS tab, index_name AS name, column_name AS col, nullable AS nullable, sub_part AS part
   FROM information_schema.statistics WHERE ${isIn('table_schema', database)} AND non_unique = 0
   ORDER BY 1, index_name <> 'PRIMARY', 2, seq_in_index`;

function columnOf({ name, type, kind, charset, nullable, extra }: SqlRow): ShapedColumn {
  return {
    name: name ?? '',
    type: type ?? '',
    kind: (kind ?? '').toLowerCase(),
    ...(charset ? { charset } : {}),
    isNullable: nullable === 'YES',
    // MySQL says DEFAULT_GENERATED of a column that has only a default.
    isGenerated: /\b(?:STORED|VIRTUAL|PERSISTENT) GENERATED\b/.test(extra ?? ''),
  };
}

/** Of whole columns that are never empty; what is no column has no name. */
function keyIn(rows: readonly SqlRow[]): readonly string[] {
  const indexes = [...Map.groupBy(rows, ({ name }) => name).values()];
  const usable = indexes.find((of) =>
    of.every(({ col, nullable, part }) => col && nullable !== 'YES' && !part),
  );
  return (usable ?? []).flatMap(({ col }) => col ?? []);
}

/** Columns that rows are written with. */
export function writtenColumns({ columns }: Pick<TableShape, 'columns'>): readonly ShapedColumn[] {
  return columns.filter(({ isGenerated }) => !isGenerated);
}

/** As they are held against each other: only rows that may be empty by then and not now do not fit. */
export function comparedColumns(
  then: Pick<TableShape, 'columns'>,
  now: Pick<TableShape, 'columns'>,
): readonly [readonly ComparedColumn[], readonly ComparedColumn[]] {
  const before = new Map(then.columns.map((column) => [column.name, column]));
  const word = ({ type, charset }: ShapedColumn): string =>
    charset === undefined ? type : `${type} (${charset})`;
  const of = (columns: readonly ShapedColumn[], isNow: boolean): readonly ComparedColumn[] =>
    columns.map((column) => {
      const isStricter = isNow && !column.isNullable && before.get(column.name)?.isNullable;
      return {
        name: column.name,
        type: isStricter === true ? `${word(column)} NOT NULL` : word(column),
        generated: column.isGenerated,
      };
    });
  return [of(then.columns, false), of(now.columns, true)];
}

/** How it is made, but for keys that lead to other tables and the number that the next row gets. */
export async function definitionOf(
  session: SqlSession,
  quoted: string,
  signal: AbortSignal,
): Promise<string> {
  const [row = {}] = await session.query(`SHOW CREATE TABLE ${quoted}`, signal);
  return (row['Create Table'] ?? '')
    .replace(/ AUTO_INCREMENT=\d+/, '')
    .split('\n')
    .filter((line) => !/^ {2}CONSTRAINT `(?:[^`]|``)+` FOREIGN KEY /.test(line))
    .map((line) => line.replace(/,$/, ''))
    .join('\n');
}
