import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/mariadb/quote.ts';
import type { TableFacts } from '../dump-facts.ts';
import { RowCounter } from '../row-counter.ts';
import { areOnlyRows, makesOnlyTable } from './only-table.ts';

/** What the file of a table in a dump has: how it was made, then its rows as they are written. */
export type TablePartOfFile =
  | { readonly kind: 'definition'; readonly sql: string }
  /** `columns`: as they stand there, in parentheses; absent: all in their order. `values`: what follows VALUES. */
  | { readonly kind: 'rows'; readonly columns?: string; readonly values: string }
  /** It was whole. */
  | { readonly kind: 'end'; readonly rows: number };

/** Behind the definition, of MariaDB and MySQL. */
const definitionEnd = ';\n/*!40101 SET character_set_client = @saved_cs_client */;\n';
const definitionBytesAtMost = 8 * 1024 * 1024;

/**
 * Its own statements for this table, and nothing else that stands there or in them: an archive may say anything. A line break in a
 * text is written as `\n`, so a line ends with a semicolon only where its statement ends.
 */
export async function* readTableFile(
  { table, engine }: Pick<TableFacts, 'table' | 'engine'>,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<TablePartOfFile> {
  const counter = new RowCounter();
  const lines = linesOf(table, counted(content, counter));
  try {
    const sql = await definitionIn(table, lines);
    if (!makesOnlyTable(sql, engine)) throw reaching(table, 'how it is made');
    yield { kind: 'definition', sql };
    yield* rowsIn(table, lines);
  } finally {
    await lines.return(undefined);
  }
  const rows = counter.rows();
  if (typeof rows === 'string') throw odd(table);
  yield { kind: 'end', rows };
}

async function definitionIn(table: string, lines: AsyncGenerator<string>): Promise<string> {
  const start = `CREATE TABLE ${identifier(table)} (`;
  let text = '';
  for (;;) {
    const { done, value: line = '' } = await lines.next();
    if (done === true || text.length > definitionBytesAtMost) throw odd(table);
    if (text !== '' || line.startsWith(start)) text += line;
    if (text.endsWith(definitionEnd)) return text.slice(0, -definitionEnd.length);
  }
}

async function* rowsIn(
  table: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<TablePartOfFile> {
  const start = `INSERT INTO ${identifier(table)} `;
  let statement = '';
  for await (const line of lines) {
    if (statement === '' && !line.startsWith(start)) continue;
    statement += line;
    if (!line.endsWith(';\n')) continue;
    yield rowsOf(table, statement.slice(start.length, -';\n'.length));
    statement = '';
  }
  if (statement !== '') throw odd(table);
}

function odd(table: string): KedgeError {
  const why = `what it has of the table "${table}" is no whole dump of that`;
  return new KedgeError('restore-refused', { why });
}

function reaching(table: string, what: string): KedgeError {
  const why = `what it says of the table "${table}" (${what}) is more than a dump has, and would run with the rights of Kedge`;
  return new KedgeError('restore-refused', { why });
}

function tooLong(table: string): KedgeError {
  const why = `a row of the table "${table}" takes more than ${lineBytesAtMost / 1024 / 1024} MiB in the dump, too much for single tables: bring back all of the database`;
  return new KedgeError('restore-refused', { why });
}

/** "(`id`, `name`) VALUES (1,'x'),(2,'y')", or without names. */
function rowsOf(table: string, text: string): TablePartOfFile {
  const [all = '', columns] =
    /^(\((?:(?:`(?:[^`]|``)+`|row_start|row_end)(?:, ?)?)+\) )?VALUES(?=\s)/.exec(text) ?? [];
  if (all === '') throw odd(table);
  const rest = text.slice(all.length);
  if (!areOnlyRows(rest)) throw reaching(table, 'its rows');
  return columns === undefined
    ? { kind: 'rows', values: rest }
    : { kind: 'rows', columns: columns.trimEnd(), values: rest };
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  counter: RowCounter,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    counter.write(bytes);
    yield bytes;
  }
}

const newline = 0x0a;

/** A row is sent as one text, of which there are several copies for a while. */
const lineBytesAtMost = 256 * 1024 * 1024;

/** With their ends; what comes behind the last one is a line too. */
async function* linesOf(table: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const bytes of content) {
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (let end = block.indexOf(newline); end !== -1; end = block.indexOf(newline, at)) {
      yield Buffer.concat([...rest, block.subarray(at, end + 1)]).toString();
      rest = [];
      restBytes = 0;
      at = end + 1;
    }
    restBytes += block.length - at;
    if (restBytes > lineBytesAtMost) throw tooLong(table);
    // The next bytes may come in the same memory.
    if (at < block.length) rest.push(Buffer.from(block.subarray(at)));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
}
