import { texts } from '../../../texts/texts.ts';
import { type BuiltList, buildList } from '../../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../../widgets/line.ts';
import type { ListColumn } from '../../../widgets/list-spec.ts';
import type { Section } from '../../../widgets/section.ts';
import type { Model } from '../../bench.ts';
import { selectedIn } from '../../chosen-rows.ts';
import { paragraph } from '../../page-lines.ts';
import type { FormRow } from './form-rows.ts';

export type FormName = 'preferences' | 'config-form' | 'config-entry';

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
export function formPage(
  model: Model,
  form: Form,
  between: readonly Section[] = [],
): readonly Section[] {
  const built = listOf(model, form);
  const selected = selectedIn(model, built);
  return [
    { kind: 'lines', lines: [line(` ${form.title}`, 'heading')] },
    ...between,
    built,
    { kind: 'lines', lines: about(model, selected, form) },
  ];
}

/** The row that is selected in a form. */
export function selectedRowOf(model: Model, form: Form): FormRow | undefined {
  return selectedIn(model, listOf(model, form));
}

function listOf(model: Model, form: Form): BuiltList<FormRow> {
  return buildList(model, {
    id: formList(form.name),
    min: 4,
    rows: form.rows,
    keyOf: (row) => row.id,
    columns: [
      ...groupColumn(form),
      {
        id: 'title',
        title: words.columns.title,
        width: titleCells(form),
        cell: ({ title, entry }) => span(title, entry.kind === 'add' ? 'accent' : 'plain'),
      },
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
}

/** None where all rows are of one section. */
function groupColumn({ rows }: Form): readonly ListColumn<FormRow>[] {
  const title = words.columns.group;
  const widest = Math.max(0, ...rows.map(({ group }) => group.length));
  const width = Math.min(24, Math.max(title.length, widest));
  return widest === 0 ? [] : [{ id: 'group', title, width, drop: 2, cell: ({ group }) => group }];
}

function titleCells({ rows }: Form): number {
  return Math.min(32, Math.max(14, ...rows.map(({ title }) => title.length)));
}

function valueCell(row: FormRow, { problems, wordValue }: Form) {
  const { entry, value, preset, required } = row;
  if (entry.kind === 'add') return '';
  const text = value === undefined ? '' : wordValue(row, value);
  if (required && value === undefined) return span(words.needed, 'warning');
  const problem = problems.get(row.id);
  if (problem !== undefined) {
    return span([text, problem].filter((part) => part !== '').join('  '), 'error');
  }
  if (value !== undefined) return span(text);
  if (preset !== undefined) return span(words.preset(wordValue(row, preset)), 'muted');
  return span(words.notSet, 'muted');
}

/** As many lines whatever is selected, so that the list stands still. */
const [linesLow, linesHigh] = [3, 5];
const highRows = 20;

function about(model: Model, row: FormRow | undefined, form: Form): readonly Line[] {
  if (row === undefined) return [];
  const cells = model.editorColumns - 2;
  const isMissing = row.required && row.value === undefined;
  const problem = isMissing ? undefined : form.problems.get(row.id);
  const lines = [
    emptyLine,
    ...paragraph(row.id, cells, 'muted'),
    ...(problem === undefined ? [] : paragraph(problem, cells, 'error')),
    ...(row.summary === '' ? [] : paragraph(row.summary, cells)),
    ...paragraph(entryWords(row), cells, 'muted'),
  ];
  const height = model.rows < highRows ? linesLow : linesHigh;
  return Array.from({ length: height }, (_, at) => [span(' '), ...(lines[at] ?? emptyLine)]);
}

/** What may be entered. */
export function entryWords({
  entry,
  required,
  own,
}: Pick<FormRow, 'entry' | 'required' | 'own'>): string {
  const emptied = required ? '' : words.emptied;
  switch (entry.kind) {
    case 'choice':
      return words.chooses(entry.choices.length);
    case 'number':
      return `${words.number(entry.min, entry.max)}${emptied}`;
    case 'text':
      return required ? words.text : emptied.trim();
    case 'list':
      return `${words.list}${emptied}`;
    case 'json':
      return `${words.json}${emptied}`;
    case 'forms':
      return words.chooses(entry.forms.length);
    case 'part':
      return own === undefined ? words.part : words.ownPart;
    case 'add':
      return words.adds;
    default:
      return entry satisfies never;
  }
}
