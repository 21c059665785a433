import * as z from 'zod';
import type { Offer } from '../../store/overlay-state.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { entryPage, readConfig } from './forms/config-form.ts';
import { putIn, valueIn } from './forms/draft.ts';
import { changeEntry, goInEntry, openEntry, selectMissing } from './forms/entry-draft.ts';
import { nameProblem } from './forms/entry-names.ts';
import type { FormRow } from './forms/form-rows.ts';
import { formNamed } from './forms/named-form.ts';
import { begunOf, formsOf, hasParts, nameOfForm } from './forms/schema.ts';

const words = texts.forms;
const category = texts.workbench.views.settings;

const Add = z.object({
  form: z.enum(['config-form', 'config-entry']),
  /** Of the row that adds. */
  id: z.string(),
  /** The form that was chosen, and the name that was typed. */
  of: z.number().optional(),
  text: z.string().optional(),
});
type Add = z.infer<typeof Add>;

/** A new entry of a section or item of a list: of which kind, under which name, and then its settings. */
export const addCommands: readonly UiCommand[] = [
  {
    id: 'settings.add',
    title: words.commands.add,
    category,
    internal: true,
    run: (bench, args) => add(bench, Add.parse(args)),
  },
];

function add(bench: Bench, asked: Add): void {
  const row = formNamed(bench.model(), asked.form)?.rows.find(({ id }) => id === asked.id);
  const entry = row?.entry;
  if (row === undefined || entry?.kind !== 'add') return;
  if (row.id === 'schedules.+') {
    bench.run({ command: 'schedules.create' });
    return;
  }
  const forms = formsOf(entry.schema);
  if (forms.length > 1 && asked.of === undefined) {
    chooseForm(bench, asked, row);
    return;
  }
  const begun = hasParts(entry.schema) ? begunOf(forms[asked.of ?? 0] ?? entry.schema) : '';
  if (entry.to === 'list') {
    addItem(bench, row, begun);
    return;
  }
  const { text } = asked;
  if (text === undefined) {
    askName(bench, asked, row, words.names.letters);
    return;
  }
  const name = text.trim();
  const problem = nameProblem(name, valuesOf(bench), row.path, entry.pattern);
  if (problem !== undefined) askName(bench, asked, row, problem);
  else addNamed(bench, row, name, begun);
}

/** As they would be, with what was changed in the entry that is open. */
function valuesOf(bench: Bench): unknown {
  const values = readConfig(bench.model())?.values;
  const page = entryPage(bench.model());
  return page === undefined ? values : putIn(values, page.path, page.draft);
}

function chooseForm(bench: Bench, asked: Add, { entry, title }: FormRow): void {
  const forms = entry.kind === 'add' ? formsOf(entry.schema) : [];
  const offers = forms.map((form, of): Offer => {
    const action = { command: 'settings.add', args: { ...asked, of } };
    return { title: nameOfForm(form), detail: '', action };
  });
  bench.choose({ title: title.replace(/^\+ /, ''), offers });
}

function askName(bench: Bench, asked: Add, { title }: FormRow, note: string): void {
  const { text = '', ...args } = asked;
  bench.enter({
    title: words.names.title(title.replace(/^\+ /, '')),
    note,
    text,
    action: { command: 'settings.add', args },
  });
}

function addItem(bench: Bench, { path }: FormRow, begun: unknown): void {
  const items = valueIn(valuesOf(bench), path);
  const at = [...path, Array.isArray(items) ? items.length : 0];
  changeEntry(bench, (page) => ({
    ...page,
    draft: putIn(page.draft, at.slice(page.path.length), begun),
  }));
  goInEntry(bench, at.slice(entryPage(bench.model())?.path.length));
  selectMissing(bench);
}

function addNamed(bench: Bench, row: FormRow, name: string, begun: unknown): void {
  const page = entryPage(bench.model());
  const path = [...row.path.map(String), name];
  if (page === undefined) {
    const { revision = '' } = readConfig(bench.model()) ?? {};
    openEntry(bench, { path, draft: begun, revision });
    selectMissing(bench);
    return;
  }
  const at = path.slice(page.path.length);
  changeEntry(bench, ({ draft, ...rest }) => ({ ...rest, draft: putIn(draft, at, begun) }));
  if (begun !== '') {
    goInEntry(bench, at);
    selectMissing(bench);
    return;
  }
  const args = { form: 'config-entry', id: path.join('.') };
  bench.run({ command: 'settings.change-value', args });
}
