import { KedgeError } from '../../../../protocol/failures.ts';
import type { IndexMember } from '../../../archive/archive-reader.ts';
import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { literal } from '../../../databases/postgres/quote.ts';
import type { ArchivedSource } from '../../restore-kind.ts';
import { type DumpFacts, dumpFolder, type TableFacts } from '../dump-facts.ts';
import { readMoney } from '../monetary.ts';
import { listed, makeBeside } from './beside.ts';
import type { TableToExchange } from './wanted-tables.ts';

/** Where the rows of then come from. */
export interface RowsOfThen {
  readonly archived: ArchivedSource;
  /** Of the database that was dumped. */
  readonly facts: DumpFacts;
  readonly onBytes: (bytes: number) => void;
}

/** Rows as a dump has them are what COPY reads, with its end and all. */
export async function loadTable(
  session: PostgresSession,
  name: string,
  { then, live }: TableToExchange,
  rows: RowsOfThen,
  signal: AbortSignal,
): Promise<void> {
  await makeBeside(session, name, live, true, signal);
  await copyRows(session, name, then, rows, signal);
}

/** Into a table that is there; answers how many. */
export async function copyRows(
  session: PostgresSession,
  name: string,
  then: TableFacts,
  { archived, facts, onBytes }: RowsOfThen,
  signal: AbortSignal,
): Promise<number> {
  const columns = listed({ columns: then.columns ?? [] });
  const names = columns === '' ? '' : ` (${columns})`;
  const sql = `COPY ${name}${names} FROM STDIN (ENCODING ${literal(facts.properties.encoding)})`;
  await readMoney(session, facts.monetary, signal);
  const member = await memberOf(archived, then.file);
  const content = told(archived.content(member, signal), onBytes);
  const rows = await session.copyIn(sql, content, signal);
  if (rows === then.rows) return rows;
  const problem = `table "${then.table}" has ${rows} rows instead of ${then.rows}`;
  throw new KedgeError('source-miscounted', { source: archived.name, problem });
}

async function memberOf(archived: ArchivedSource, file: string): Promise<IndexMember> {
  const wanted = `${archived.name}/${dumpFolder}/${file}`;
  for await (const member of archived.members()) {
    if (member.name.toString() === wanted) return member;
  }
  throw new KedgeError('restore-refused', { why: `the backup holds no "${wanted}"` });
}

async function* told(
  content: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    onBytes(bytes.length);
    yield bytes;
  }
}
