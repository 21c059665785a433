import * as z from 'zod';
import type { TableCell } from '../../../protocol/domain/table-page.ts';
import { type BackupRows, backupRows } from '../../../protocol/methods/rows.ts';
import { readRowKey, rowKeyText } from '../../commands/restore/row-key.ts';
import type { ShownRow, ShownRows } from '../../store/ui-state.ts';
import { rowsTexts, texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { fieldText, setFields } from '../form-values.ts';
import { openPage, selectedRow } from '../navigate.ts';
import { askedAgain } from './plan-answers.ts';
import { planOf } from './plan-sections.ts';
import { hasMore, type RowsPage, rowsAbout, shownRows } from './rows-sections.ts';

const words = rowsTexts.screen;
const category = texts.workbench.views.restore;
const TableArgs = z.object({ job: z.number(), source: z.string(), table: z.string() });
/** Rows that are asked for at once. */
const pageRows = 100;
const emptyAtMost = 20;
type Query = z.infer<typeof backupRows.params>;

/** From a table to rows of it that come back. */
export const rowsCommands: readonly UiCommand[] = [
  {
    id: 'restore.rows',
    title: words.commands.rows,
    category,
    internal: true,
    run(bench, args) {
      setFields(bench, { 'restore.search': undefined });
      const page = { kind: 'rows', ...TableArgs.parse(args), marked: [] } as const;
      openPage(bench, 'restore', page, 'restore.rows');
      readAnew(bench);
    },
  },
  {
    id: 'restore.search-rows',
    title: words.commands.search,
    category,
    internal: true,
    run: readAnew,
  },
  { id: 'restore.mark', title: words.commands.mark, category, internal: true, run: mark },
  { id: 'restore.open-row', title: words.commands.plan, category, internal: true, run: openRow },
  { id: 'restore.plan-rows', title: words.commands.plan, category, internal: true, run: planRows },
  {
    id: 'restore.plan-table',
    title: words.all,
    category,
    internal: true,
    run(bench, args) {
      const { job, source, table } = TableArgs.parse(args);
      planPart(bench, job, { table: [`${source}.${table}`] });
    },
  },
];

function pageIn(bench: Bench): RowsPage | undefined {
  const page = bench.model().ui.pages.restore;
  return page?.kind === 'rows' ? page : undefined;
}

function change(bench: Bench, changes: Partial<RowsPage>): void {
  bench.updateUi((ui) => {
    const page = ui.pages.restore;
    if (page?.kind !== 'rows') return ui;
    return { ...ui, pages: { ...ui.pages, restore: { ...page, ...changes } } };
  });
}

/** What is marked stays: several searches may lead to what is wanted. */
function readAnew(bench: Bench): void {
  const page = pageIn(bench);
  if (page === undefined) return;
  change(bench, { about: rowsAbout(bench.model(), page) });
  bench.updateUi((ui) => ({
    ...ui,
    focus: { ...ui.focus, restore: 'restore.rows' },
    places: { ...ui.places, 'restore.rows': { selected: 0, top: 0 } },
  }));
  read(bench, fieldText(bench.model(), 'restore.search').trim());
}

function read(bench: Bench, search: string, before?: ShownRows): void {
  const page = pageIn(bench);
  const plan = page && planOf(bench.model(), page.job);
  if (page?.about === undefined || plan === undefined) return;
  const first = {
    backup: { kind: 'path', path: plan.backup.path },
    source: page.source,
    table: page.table,
    limit: pageRows,
    ...(search === '' ? {} : { search }),
    ...(before?.next === undefined ? {} : { after: readRowKey(before.next, 'after') }),
  } as const;
  bench.load('rows', page.about, async () => {
    const answer = await firstFound(bench, first);
    if (answer.kind !== 'rows') return { columns: [], rows: [], search };
    const { table, page: found } = answer;
    const earlier = before?.rows ?? [];
    const rows = found.rows.map(({ key, cells }, at): ShownRow => {
      const shown = { id: String(earlier.length + at), cells: cells.map(cellText) };
      return key === undefined ? shown : { ...shown, key: rowKeyText(key) };
    });
    return {
      columns: table.columns,
      total: table.rows,
      search,
      rows: [...earlier, ...rows],
      ...(found.next === undefined ? {} : { next: rowKeyText(found.next) }),
    };
  });
}

/** A search through a large table answers in steps, of which many may hold nothing. */
async function firstFound(bench: Bench, first: Query): Promise<BackupRows> {
  let answer = await bench.session.call(backupRows, first);
  for (let steps = 0; steps < emptyAtMost; steps++) {
    if (answer.kind !== 'rows' || answer.page.rows.length > 0) break;
    if (answer.page.next === undefined || pageIn(bench) === undefined) break;
    answer = await bench.session.call(backupRows, { ...first, after: answer.page.next });
  }
  return answer;
}

function cellText(cell: TableCell): string {
  if (cell === null) return rowsTexts.null;
  const text = cell.kind === 'bytes' ? `0x${cell.text}` : cell.text;
  return cell.cut === true ? `${text}...` : text;
}

/** The next row is selected then, as in other lists; not the line behind the last, whose Enter reads on. */
function mark(bench: Bench): void {
  const page = pageIn(bench);
  const shown = page && shownRows(bench.model(), page);
  const row = shown && selectedRow(bench, 'restore.rows', shown.rows);
  if (page === undefined || shown === undefined || row === undefined) return;
  const { key } = row;
  if (key === undefined) {
    bench.notify('warning', words.noKey);
    return;
  }
  const { marked } = page;
  const isMarked = marked.includes(key);
  change(bench, { marked: isMarked ? marked.filter((one) => one !== key) : [...marked, key] });
  const next = shown.rows.indexOf(row) + 1;
  if (next < shown.rows.length) selectRow(bench, next);
}

function selectRow(bench: Bench, selected: number): void {
  bench.updateUi(({ places, ...ui }) => {
    const { top } = places['restore.rows'] ?? { top: 0 };
    return { ...ui, places: { ...places, 'restore.rows': { selected, top } } };
  });
}

/** Behind the last row more are read; else the plan is made. */
function openRow(bench: Bench): void {
  const page = pageIn(bench);
  const shown = page && shownRows(bench.model(), page);
  if (shown === undefined) return;
  const row = selectedRow(bench, 'restore.rows', shown.rows);
  if (row === undefined && hasMore(shown)) read(bench, shown.search, shown);
  else planRows(bench);
}

function planRows(bench: Bench): void {
  const page = pageIn(bench);
  if (page === undefined) return;
  const { job, source, table, marked } = page;
  if (marked.length === 0) bench.notify('warning', words.noneMarked);
  else planPart(bench, job, { row: marked.map((key) => `${source}.${table}=${key}`) });
}

function planPart(bench: Bench, job: number, part: Record<string, readonly string[]>): void {
  const plan = planOf(bench.model(), job);
  if (plan === undefined) return;
  bench.run({ command: 'restore.plan', args: { ...askedAgain(plan), ...part } });
}
