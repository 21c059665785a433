import { KedgeError } from '../../../../protocol/failures.ts';
import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import type { Work } from '../../../os/work.ts';
import { nameBeside, stampOf } from '../../name-beside.ts';
import type { BesideTables } from '../../part-order.ts';
import { toBecome } from '../become-role.ts';
import { wordTable } from '../count-tables.ts';
import { nameLimit } from '../database-place.ts';
import type { ColumnFacts, TableFacts } from '../dump-facts.ts';
import { asking, openSession } from '../sessions.ts';
import { copyRows, type RowsOfThen } from './load-table.ts';
import { splitTable } from './split-table.ts';
import { asDumped, type TablePart } from './table-part.ts';

/** Also of tables that are gone or have other columns by now: each is made as the backup says. */
export function tablesBeside(part: TablePart): BesideTables {
  const { wanted, refused } = part;
  const of = `of source "${part.archived.name}"`;
  return {
    tables: wanted.map(({ table }) => table),
    problems: [
      ...refused.map(({ table, problem }) => `table "${table}" ${of}: ${problem}`),
      ...wanted.flatMap(({ table, columns }) =>
        columns === undefined
          ? [
              `table "${table}" ${of}: this backup was taken by an older Kedge and does not say its columns`,
            ]
          : [],
      ),
    ],
    make: async (nowMs, work) => await make(part, nowMs, work),
  };
}

async function make(part: TablePart, nowMs: number, work: Work): Promise<readonly string[]> {
  const { server, archived, facts, wanted } = part;
  const { signal } = work;
  using session = await openSession(server, server.name, signal);
  beforeOperation('make tables beside', wanted.map(({ table }) => table).join(', '));
  await asking(signal, session.query(`BEGIN; ${asDumped}`, signal));
  let done = 0;
  const notes: string[] = [];
  for (const table of wanted) {
    const onBytes = (bytes: number): void => {
      done += bytes;
      work.progress(`load ${table.table} beside`, done, 0);
    };
    const rows = { archived, facts, onBytes };
    notes.push(await asking(signal, makeOne(session, table, rows, nowMs, signal)));
  }
  beforeOperation('commit tables beside', server.name);
  await asking(signal, session.query('COMMIT', signal));
  return notes;
}

async function makeOne(
  session: PostgresSession,
  table: TableFacts,
  rows: RowsOfThen,
  nowMs: number,
  signal: AbortSignal,
): Promise<string> {
  const { schema, name } = splitTable(table.table);
  const own = nameBeside(name, `then_${stampOf(nowMs)}`, nameLimit);
  const quoted = `${identifier(schema)}.${identifier(own)}`;
  const columns = (table.columns ?? []).filter(({ generated }) => generated !== true);
  await refuseUnknown(session, table.table, columns, signal);
  const defined = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
  await session.query(`CREATE TABLE ${quoted} (${defined})`, signal);
  const count = await copyRows(session, quoted, { ...table, columns }, rows, signal);
  await giveToOwner(session, { schema, name, quoted }, signal);
  return `table ${wordTable(schema, own)} holds the ${count} rows of ${table.table} as they were; drop it when it is not needed any more: DROP TABLE ${quoted};`;
}

/** A type stands in SQL as it is: the archive may say anything, and what the server knows as a type is nothing else. */
async function refuseUnknown(
  session: SqlSession,
  table: string,
  columns: readonly ColumnFacts[],
  signal: AbortSignal,
): Promise<void> {
  const types = ['integer', ...columns.map(({ type }) => type)].map(literal).join(', ');
  const unknown = await session.query(
    `SELECT t AS type FROM unnest(ARRAY[${types}]) t WHERE to_regtype(t) IS NULL`,
    signal,
  );
  const [first] = unknown;
  if (first === undefined) return;
  const why = `table "${table}" has columns of the type "${first['type']}", which the live database has not any more`;
  throw new KedgeError('restore-refused', { why });
}

/** Who owns the live table, or else the database, may read it too. */
async function giveToOwner(
  session: SqlSession,
  {
    schema,
    name,
    quoted,
  }: { readonly schema: string; readonly name: string; readonly quoted: string },
  signal: AbortSignal,
): Promise<void> {
  const [row] = await session.query(
    `SELECT pg_get_userbyid(o.owner) AS owner,
       pg_has_role(o.owner, '${toBecome(session)}') AND has_schema_privilege(o.owner, n.oid, 'CREATE') AS may
     FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = ${literal(name)},
       pg_database d, LATERAL (SELECT coalesce(c.relowner, d.datdba) AS owner) o
     WHERE n.nspname = ${literal(schema)} AND d.datname = current_database()`,
    signal,
  );
  if (row?.['may'] !== 't') return;
  await session.query(`ALTER TABLE ${quoted} OWNER TO ${identifier(row['owner'] ?? '')}`, signal);
}
