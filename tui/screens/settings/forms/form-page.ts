import { texts } from '../../../texts/texts.ts';
import { buildList } from '../../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../../widgets/line.ts';
import type { Section } from '../../../widgets/section.ts';
import type { Model } from '../../bench.ts';
import { selectedIn } from '../../chosen-rows.ts';
import { paragraph } from '../../page-lines.ts';
import { entryText, type FormRow } from './form-rows.ts';

export type FormName = 'preferences' | 'config-form';

/** A form: what can be set, what is set, what is wrong with it. */
export interface Form {
  readonly name: FormName;
  readonly title: string;
  readonly rows: readonly FormRow[];
  /** What is wrong, by the id of the row. */
  readonly problems: ReadonlyMap<string, string>;
  /** A value in words. */
  readonly wordValue: (row: FormRow, value: unknown) => string;
}

export function formList(name: FormName): string {
  return `settings.${name}`;
}

const words = texts.forms;

/** Each value a row that Enter changes; below it what the selected one is for, its bounds and what is wrong. */
export function formPage(model: Model, form: Form): readonly Section[] {
  const id = formList(form.name);
  const built = buildList(model, {
    id,
    min: 4,
    rows: form.rows,
    keyOf: (row) => row.id,
    columns: [
      {
        id: 'group',
        title: words.columns.group,
        width: groupCells(form),
        drop: 2,
        cell: ({ group }) => group,
      },
      { id: 'title', title: words.columns.title, width: 32, cell: ({ title }) => title },
      {
        id: 'value',
        title: words.columns.value,
        width: 'rest',
        min: 16,
        cell: (row) => valueCell(row, form),
      },
      { id: 'id', title: words.columns.id, width: 28, extra: true, cell: (row) => row.id },
      {
        id: 'summary',
        title: words.columns.summary,
        width: 40,
        extra: true,
        cell: ({ summary }) => summary,
      },
    ],
    empty: words.empty,
    open: (row) => ({ command: 'settings.change-value', args: { form: form.name, id: row.id } }),
  });
  const selected = selectedIn(model, built);
  return [
    { kind: 'lines', lines: [line(` ${form.title}`, 'heading')] },
    built,
    { kind: 'lines', lines: about(model, selected, form) },
  ];
}

function groupCells({ rows }: Form): number {
  return Math.min(24, Math.max(6, ...rows.map(({ group }) => group.length)));
}

function valueCell(row: FormRow, { problems, wordValue }: Form) {
  const problem = problems.get(row.id);
  if (problem !== undefined) return span(`${entryText(row.value, row.entry)}  ${problem}`, 'error');
  if (row.value !== undefined) return span(wordValue(row, row.value));
  if (row.preset !== undefined) return span(words.preset(wordValue(row, row.preset)), 'muted');
  return span(words.notSet, 'muted');
}

/** As many lines whatever is selected, so that the list stands still. */
const height = 5;

function about(model: Model, row: FormRow | undefined, form: Form): readonly Line[] {
  if (row === undefined) return [];
  const cells = model.editorColumns - 2;
  const problem = form.problems.get(row.id);
  const lines = [
    emptyLine,
    ...paragraph(row.id, cells, 'muted'),
    ...(problem === undefined ? [] : paragraph(problem, cells, 'error')),
    ...(row.summary === '' ? [] : paragraph(row.summary, cells)),
    ...paragraph(entryWords(row), cells, 'muted'),
  ];
  return Array.from({ length: height }, (_, at) => [span(' '), ...(lines[at] ?? emptyLine)]);
}

/** What may be entered. */
export function entryWords({ entry, required }: FormRow): string {
  const emptied = required ? '' : words.emptied;
  switch (entry.kind) {
    case 'choice':
      return words.chooses(entry.choices.length);
    case 'number':
      return `${words.number(entry.min, entry.max)}${emptied}`;
    case 'text':
      return `${words.text}${emptied}`;
    case 'list':
      return `${words.list}${emptied}`;
    case 'json':
      return `${words.json}${emptied}`;
    default:
      return entry satisfies never;
  }
}
