import type { Page, ShownRows } from '../../store/ui-state.ts';
import { rowsTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { cellWidth } from '../../widgets/cells.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import { type Column, table } from '../../widgets/table.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { Model } from '../bench.ts';
import { fieldState, fieldText } from '../form-values.ts';
import { guide } from './guide.ts';
import { planOf } from './plan-sections.ts';

const words = rowsTexts.screen;

export type RowsPage = Extract<Page, { kind: 'rows' }>;

/** Cells of a column at most, so that some others fit beside it. */
const columnAtMost = 24;
/** What one list holds; whoever wants a row further on searches for it. */
const shownAtMost = 5_000;

export function rowsAbout(model: Model, { job, source, table: name }: RowsPage): string {
  const search = fieldText(model, 'restore.search').trim();
  return JSON.stringify([planOf(model, job)?.backup.id, source, name, search]);
}

/** What was read for this page and this search; undefined: nothing yet. */
export function shownRows(model: Model, page: RowsPage): ShownRows | undefined {
  const { rows } = model.ui.data;
  const isThis = rows?.kind === 'ready' && rows.about === (page.about ?? '');
  return isThis ? rows.value : undefined;
}

/** Whether more can be read after those that are shown. */
export function hasMore({ rows, next }: ShownRows): boolean {
  return next !== undefined && rows.length < shownAtMost;
}

/** Rows of one table of the backup: search, mark, plan. */
export function rowsSections(model: Model, page: RowsPage): readonly Section[] {
  const shown = shownRows(model, page);
  const { job, source, table: name, marked } = page;
  return [
    guide(2, model.editorColumns),
    {
      kind: 'field',
      id: 'restore.search',
      label: words.search,
      value: fieldState(model, 'restore.search'),
      placeholder: words.placeholder,
      submit: { command: 'restore.search-rows', args: {} },
    },
    rowList(model, page, shown),
    { kind: 'lines', lines: detailLines(model, shown), drop: 1 },
    {
      kind: 'buttons',
      buttons: [
        { id: 'rows.back', label: texts.restore.back, action: { command: 'restore.up' } },
        {
          id: 'rows.all',
          label: words.all,
          action: { command: 'restore.plan-table', args: { job, source, table: name } },
        },
        {
          id: 'rows.plan',
          label: words.plan(marked.length),
          action: { command: 'restore.plan-rows' },
          disabled: marked.length === 0 ? words.noneMarked : undefined,
        },
      ],
    },
  ];
}

function rowList(model: Model, page: RowsPage, shown: ShownRows | undefined): ListSection {
  const rows = shown?.rows ?? [];
  const columns = table(fitting(shown, model.editorColumns - 6), model.glyphs.ellipsis);
  const marked = new Set(page.marked);
  const more = shown !== undefined && hasMore(shown);
  const count = shown?.total === undefined ? '' : words.count(shown.total, marked.size);
  return {
    kind: 'list',
    id: 'restore.rows',
    title: [...line(` ${page.source}.${page.table}`, 'heading'), span(`  ${count}`, 'muted')],
    header: columns.header,
    count: rows.length + (more ? 1 : 0),
    min: 5,
    // Rows that are read on take the place of the line that asks for them.
    keyOf: (index) => rows[index]?.id ?? String(index),
    row: (index, width) => {
      const row = rows[index];
      if (row === undefined)
        return [span(rows.length === 0 ? words.noneSoFar : words.more, 'muted')];
      const { key, cells } = row;
      const mark = key === undefined ? ' - ' : marked.has(key) ? '[x]' : '[ ]';
      return columns.row([span(mark, mark === '[x]' ? 'ok' : 'plain'), ...cells], width);
    },
    empty: [emptyWords(model, page, shown)],
    open: () => ({ command: 'restore.open-row', args: {} }),
  };
}

/** The columns that fit, as wide as what is in them; the last takes the rest. */
function fitting(shown: ShownRows | undefined, cells: number): readonly Column[] {
  const { columns = [], rows = [] } = shown ?? {};
  const fit: Column[] = [{ title: '', width: 3 }];
  let left = cells - 3;
  for (const [at, title] of columns.entries()) {
    const widest = rows.map((row) => cellWidth(row.cells[at] ?? ''));
    const width = Math.min(columnAtMost, Math.max(4, cellWidth(title), ...widest));
    if (left < Math.min(width, 8) + 2) break;
    fit.push({ title, width: Math.min(width, left - 2) });
    left -= width + 2;
  }
  const last = fit.pop();
  return last === undefined ? [] : [...fit, { ...last, width: 'rest', min: 1 }];
}

/** All of the selected row, as far as two lines go. */
function detailLines(model: Model, shown: ShownRows | undefined): readonly Line[] {
  const row = shown?.rows[model.ui.places['restore.rows']?.selected ?? 0];
  const pairs = shown?.columns.map((name, at) => `${name}: ${row?.cells[at] ?? ''}`) ?? [];
  const text = row === undefined ? '' : pairs.join(' | ');
  const lines = wordWrap(text, model.editorColumns - 2).slice(0, 2);
  return [0, 1].map((at) => line(` ${lines[at] ?? ''}`, 'muted'));
}

function emptyWords({ ui }: Model, page: RowsPage, shown: ShownRows | undefined): string {
  if (shown !== undefined) return words.none;
  const { rows } = ui.data;
  const failed = rows?.kind === 'failed' && rows.about === page.about;
  return failed ? wordFailure(rows.failure).message : words.unpacking;
}
