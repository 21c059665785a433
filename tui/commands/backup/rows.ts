import type { TableCell, TableListing } from '../../../protocol/domain/table-page.ts';
import { type BackupRows, backupRows } from '../../../protocol/methods/rows.ts';
import { rowsTexts as words } from '../../texts/texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, requiredText, textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { readRowKey, rowKeyText } from '../restore/row-key.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import { type Column, table } from '../table.ts';

/** Characters of a value on a line; `--json` has up to 200. */
const cellAtMost = 32;

export const backupRowsCommand = defineCommand('backup.rows', {
  cli: ['backup', 'rows'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'source', kind: 'text', positional: true, required: true },
    { name: 'table', kind: 'text', positional: true },
    { name: 'search', kind: 'text', placeholder: 'TEXT' },
    { name: 'after', kind: 'text', placeholder: 'KEY' },
    { name: 'limit', kind: 'number', placeholder: 'N' },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  reads: true,
  examples: [
    'kedge backup rows latest database',
    'kedge backup rows latest database patients --search "van Dam"',
    'kedge backup rows 0f3a9c1e database patients --after 500 --json',
  ],
  async run(context, args) {
    const source = requiredText(args, 'source');
    const data = await ask(context, args, source);
    return { kind: 'data', data, lines: linesOf(data, source) };
  },
});

async function ask(context: CommandContext, args: Arguments, source: string): Promise<BackupRows> {
  const [name, search, after] = ['table', 'search', 'after'].map((arg) => textOf(args, arg));
  const query = {
    backup: await backupReference(context, args),
    source,
    limit: numberOf(args, 'limit', 50),
    ...(name === undefined ? {} : { table: name }),
    ...(search === undefined ? {} : { search }),
    ...(after === undefined ? {} : { after: readRowKey(after, 'after') }),
    ...(await givenSecrets(context, args)),
  };
  return await context.watch(async (report) => {
    report({ step: words.unpacking, bytesDone: 0, bytesTotal: 0, rate: 0, cancellable: true });
    return await context.call(backupRows, query, context.signal);
  });
}

function linesOf(data: BackupRows, source: string): readonly string[] {
  switch (data.kind) {
    case 'tables':
      return data.tables.length === 0 ? [words.noTables] : tableLines(data.tables);
    case 'rows':
      return rowLines(data, source);
    default:
      return data satisfies never;
  }
}

function tableLines(tables: readonly TableListing[]): readonly string[] {
  const rows = tables.map((one) => [
    one.problem ?? String(one.rows),
    one.table,
    one.key.length === 0 ? words.noKey : one.key.join(', '),
  ]);
  const { columns } = words;
  const titles = [columns.table, columns.key].map((title) => ({ title }));
  return table([{ title: columns.rows, align: 'right' }, ...titles], rows);
}

function rowLines(
  { table: listing, page }: Extract<BackupRows, { kind: 'rows' }>,
  source: string,
): readonly string[] {
  const columns = [words.columns.key, ...listing.columns].map((title): Column => ({ title }));
  const rows = page.rows.map(({ key, cells }) => [
    key === undefined ? '-' : rowKeyText(key),
    ...cells.map(cellText),
  ]);
  const name = `${source}.${listing.table}`;
  const picks = page.rows.some(({ key }) => key !== undefined);
  return [
    ...(rows.length === 0 ? [words.noRows(page.next !== undefined)] : table(columns, rows)),
    ...(rows.length === 0 ? [] : [picks ? words.pick(name) : words.pickTable(name)]),
    ...(page.next === undefined ? [] : [words.more(quoted(rowKeyText(page.next)))]),
  ];
}

function cellText(cell: TableCell): string {
  if (cell === null) return words.null;
  const text = cell.kind === 'bytes' ? `0x${cell.text}` : cell.text;
  const isLong = cell.cut === true || text.length > cellAtMost;
  return isLong ? `${text.slice(0, cellAtMost)}...` : text;
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w.:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
