import { KedgeError } from '../../../../protocol/failures.ts';
import { usualPlace } from '../../../databases/mariadb/open-session.ts';
import { type Product, productOf } from '../../../databases/mariadb/product.ts';
import { identifier } from '../../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import { reachOf } from '../../../databases/place-of.ts';
import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import { columnDifference } from '../../dumps/column-difference.ts';
import { countedFile } from '../../dumps/counted-content.ts';
import type { ArchivedSource } from '../../restore-kind.ts';
import { countTables } from '../count-tables.ts';
import { type TableFacts, tablesFolder } from '../dump-facts.ts';
import { isFull } from '../load-dump.ts';
import { named } from '../rename-step.ts';
import { type FoundKeys, readForeignKeys } from './foreign-keys.ts';
import { readTableFile } from './read-table-file.ts';
import { comparedColumns, definitionOf, readShapes, type TableShape } from './table-shape.ts';
import { type RefusedTable, refusedFor } from './wanted-tables.ts';

/** Where tables of then are made anew. */
export interface LoadInto {
  readonly server: MariadbSettings;
  /** A database of Kedge's, that is there. */
  readonly database: string;
  readonly archived: ArchivedSource;
  readonly onBytes: (bytes: number) => void;
}

/** `keys`: those it had then; it has none of them now. */
export interface LoadedTable {
  readonly keys: FoundKeys;
  /** How the live one is made, whose place it takes. */
  readonly definition?: string;
}

/** For all that is loaded by this session, as the head of a dump has it. */
export async function beginLoading(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  await session.query(`USE ${identifier(database)}`, signal);
  await session.query(
    `SET SESSION foreign_key_checks = 0, time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO'
       /*M!101100 , system_versioning_insert_history = 1 */`,
    signal,
  );
}

/**
 * A table of then with its rows: made as the live one of now, so that nothing but rows comes back; where none is live, as
 * it was. What the live one refuses (a double key, a check) this one refuses too: that is thrown.
 */
export async function loadTable(
  session: SqlSession,
  into: LoadInto,
  { then, now }: { readonly then: TableFacts; readonly now: TableShape | undefined },
  signal: AbortSignal,
): Promise<LoadedTable | RefusedTable> {
  const { archived, database, onBytes } = into;
  const { table } = then;
  const content = await countedFile(archived, `${tablesFolder}/${then.file}`, onBytes, signal);
  let made: Made | undefined;
  for await (const part of readTableFile(then, content)) {
    if (part.kind === 'definition') {
      const found = await makeTable(session, database, { table, sql: part.sql, now }, signal);
      if ('problem' in found) return found;
      made = found;
    } else if (part.kind === 'rows') {
      const columns = part.columns ?? made?.columns ?? '';
      const rows = `INSERT INTO ${named(database, table)} ${columns} VALUES ${part.values}`;
      await session.query(rows, signal).catch(async (error: unknown) => {
        throw await withoutSpace(error, into.server, productOf(session));
      });
    } else {
      await refuseMiscounted(session, into, { then, read: part.rows }, signal);
    }
  }
  await session.query(`ANALYZE TABLE ${named(database, table)}`, signal);
  return made ?? { keys: { keys: [], abroad: [] } };
}

interface Made extends LoadedTable {
  /** Where rows say no names of columns; empty: all in their order. */
  readonly columns: string;
}

async function makeTable(
  session: SqlSession,
  database: string,
  of: { readonly table: string; readonly sql: string; readonly now: TableShape | undefined },
  signal: AbortSignal,
): Promise<Made | RefusedTable> {
  const { table, sql, now } = of;
  await session.query(sql, signal);
  const keys = await readForeignKeys(session, database, [table], signal);
  await dropOutgoing(session, { database, table }, keys, signal);
  if (now === undefined) return { keys, columns: '' };
  const then = (await readShapes(session, database, [table], signal)).get(table);
  if (then === undefined) return { table, problem: 'the server did not make it' };
  const difference = columnDifference(...comparedColumns(then, now));
  if (difference !== undefined) return refusedFor(table, difference);
  const definition = await definitionOf(session, now.quoted, signal);
  if ((await definitionOf(session, then.quoted, signal)) === definition)
    return { keys, columns: '', definition };
  if (then.isVersioned || now.isVersioned)
    return refusedFor(table, 'it keeps what its rows were, and is made otherwise by now');
  await session.query(`DROP TABLE ${then.quoted}`, signal);
  await session.query(`CREATE TABLE ${then.quoted} LIKE ${now.quoted}`, signal);
  const columns = then.columns.map(({ name }) => identifier(name)).join(', ');
  return { keys, columns: `(${columns})`, definition };
}

/** To wherever they lead: a row that is only coming must hold up nobody. */
async function dropOutgoing(
  session: SqlSession,
  { database, table }: { readonly database: string; readonly table: string },
  { keys, abroad }: FoundKeys,
  signal: AbortSignal,
): Promise<void> {
  const names = [...keys.filter((key) => key.table === table), ...abroad].map(({ name }) => name);
  if (names.length === 0) return;
  const words = names.map((name) => `DROP FOREIGN KEY ${identifier(name)}`).join(', ');
  await session.query(`ALTER TABLE ${named(database, table)} ${words}`, signal);
}

async function refuseMiscounted(
  session: SqlSession,
  { database, archived }: LoadInto,
  { then, read }: { readonly then: TableFacts; readonly read: number },
  signal: AbortSignal,
): Promise<void> {
  const { table, engine, rows } = then;
  const kind = {
    table,
    engine,
    kind: 'table',
    isVersioned: await isVersioned(session, database, table, signal),
  } as const;
  const counted = (await countTables(session, database, [kind], signal)).get(table);
  const wrong = [read, counted].find((each) => each !== rows);
  if (wrong === undefined) return;
  const problem = `table "${table}" has ${wrong} rows instead of ${rows}`;
  throw new KedgeError('source-miscounted', { source: archived.name, problem });
}

async function isVersioned(
  session: SqlSession,
  database: string,
  table: string,
  signal: AbortSignal,
): Promise<boolean> {
  return (await readShapes(session, database, [table], signal)).get(table)?.isVersioned === true;
}

/** That a disk is full is said of the table, or as an error of whatever was done then. */
async function withoutSpace(
  error: unknown,
  server: MariadbSettings,
  product: Product,
): Promise<unknown> {
  if (!(error instanceof SqlError)) return error;
  const isSaid = error.code === '1114' || /errno: 28\b/.test(error.message);
  if (!isSaid && !(await isFull(server))) return error;
  const { where } = reachOf(server, usualPlace);
  const why = `ERROR ${error.code} ${error.message}`;
  return new KedgeError('database-no-space', { product, where, why }, { cause: error });
}
