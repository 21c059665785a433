import { identifier } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';

export interface ReadTables {
  readonly databases: number;
  readonly tables: number;
  readonly rows: number;
  /** Databases that let nobody in, by name. */
  readonly closed: readonly string[];
}

/** Reads all rows of all tables; throws what the server says where one can't be read. */
export async function readEveryTable(
  session: SqlSession,
  connect: (database: string) => Promise<SqlSession>,
  signal: AbortSignal,
): Promise<ReadTables> {
  const databases = await session.query(databasesSql, signal);
  const open = databases.filter((row) => row['open'] === 't');
  const closed = databases.filter((row) => row['open'] !== 't').map(({ name }) => name ?? '');
  let [tables, rows] = [0, 0];
  for (const { name } of open) {
    using database = await connect(name ?? '');
    await database.query(plain, signal);
    for (const { schema, table } of await database.query(tablesSql, signal)) {
      const from = `${identifier(schema ?? '')}.${identifier(table ?? '')}`;
      const [row] = await database.query(`SELECT count(*) AS n FROM ONLY ${from}`, signal);
      rows += Number(row?.['n'] ?? 0);
      tables += 1;
    }
  }
  return { databases: open.length, tables, rows, closed };
}

/** One that was dropped but half has a limit of -2. Nobody has changed template0, which comes with the server. */
const databasesSql = `SELECT datname AS name, datallowconn AND datconnlimit <> -2 AS open
  FROM pg_database WHERE datname <> 'template0' OR datallowconn ORDER BY 1`;

/** Settings of a database are made for its application; one of them came with 17. Rows counted in an index alone are not read. */
const plain = `SET search_path = pg_catalog; SET statement_timeout = 0; SET row_security = off;
  SET enable_indexonlyscan = off; SET enable_indexscan = off; SET enable_bitmapscan = off;
  SET default_transaction_read_only = on;
  SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'`;

/** With what lies beside them because it is long. */
const tablesSql = `SELECT n.nspname AS schema, c.relname AS table FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence <> 't'
    AND (c.relkind <> 'm' OR c.relispopulated) ORDER BY 1, 2`;
