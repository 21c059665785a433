import * as z from 'zod';
import { failureOf } from '../../../protocol/failures.ts';
import { isSetting } from '../../host/settings/parse-settings.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { entryPage, readConfig } from './forms/config-form.ts';
import { putIn, valueIn } from './forms/draft.ts';
import { askText, askValue, chosenForm, readTyped } from './forms/enter-value.ts';
import { changeEntry, goInEntry, openEntry } from './forms/entry-draft.ts';
import { type Form, type FormName, formList } from './forms/form-page.ts';
import type { FormRow } from './forms/form-rows.ts';
import { formNamed } from './forms/named-form.ts';
import { begunOf, formsOf } from './forms/schema.ts';
import { keepInConfig } from './keep-in-config.ts';
import { loadSchema } from './load-config.ts';

const words = texts.forms;
const category = texts.workbench.views.settings;
const names = ['preferences', 'config-form', 'config-entry'] as const satisfies readonly FormName[];
const Row = z.object({ form: z.enum(names), id: z.string() });
/** `of`: the form of several that was chosen. */
const Chosen = Row.extend({ of: z.number() });
/** `text`: as it was typed; else `value`, absent: not set. */
const Put = Row.extend({
  of: z.number().optional(),
  text: z.string().optional(),
  value: z.unknown().optional(),
});

/** Forms of the settings: opening them, changing one value, checked before it is kept. */
export const formCommands: readonly UiCommand[] = [
  {
    id: 'settings.preferences',
    title: words.commands.preferences,
    category,
    run: (bench) => openPage(bench, 'settings', { kind: 'preferences' }, formList('preferences')),
  },
  {
    id: 'settings.form',
    title: words.commands.form,
    category,
    run(bench) {
      openPage(bench, 'settings', { kind: 'config-form' }, formList('config-form'));
      loadSchema(bench);
    },
  },
  {
    id: 'settings.change-value',
    title: words.commands.change,
    category,
    internal: true,
    run(bench, args) {
      const found = rowOf(bench, Row.parse(args));
      if (found !== undefined) openRow(bench, found.form, found.row);
    },
  },
  {
    id: 'settings.enter-form',
    title: words.commands.change,
    category,
    internal: true,
    async run(bench, args) {
      const { of, ...asked } = Chosen.parse(args);
      const found = rowOf(bench, asked);
      if (found === undefined) return;
      const value = chosenForm(found.row, of);
      if (value === undefined) askText(bench, found.form, found.row, { of });
      else await put(bench, { ...asked, value });
    },
  },
  {
    id: 'settings.put-value',
    title: words.commands.change,
    category,
    internal: true,
    run: (bench, args) => put(bench, Put.parse(args)),
  },
];

export const formBindings: readonly Keybinding[] = [
  {
    key: 'i',
    command: 'settings.preferences',
    when: 'page == none',
    hint: words.hints.preferences,
  },
  { key: 'f', command: 'settings.form', when: 'page == none', hint: words.hints.form },
  { key: 'esc', command: 'back', when: 'page == preferences', hint: words.hints.back },
  { key: 'esc', command: 'back', when: 'page == config-form', hint: words.hints.back },
  ...names.map(
    (name): Keybinding => ({
      key: 'enter',
      command: 'open',
      when: `region == ${formList(name)}`,
      hint: words.hints.change,
    }),
  ),
];

interface Found {
  readonly form: Form;
  readonly row: FormRow;
}

function rowOf(bench: Bench, { form: name, id }: z.infer<typeof Row>): Found | undefined {
  const form = formNamed(bench.model(), name);
  const row = form?.rows.find((one) => one.id === id);
  return form === undefined || row === undefined ? undefined : { form, row };
}

/** What Enter on a row does. */
function openRow(bench: Bench, form: Form, row: FormRow): void {
  const { entry, id } = row;
  if (entry.kind === 'add') {
    bench.run({ command: 'settings.add', args: { form: form.name, id } });
    return;
  }
  if (entry.kind !== 'part') {
    askValue(bench, form, row);
    return;
  }
  const [section, name] = row.path;
  if (section === 'schedules' && row.path.length === 2) {
    bench.run({ command: 'schedules.edit', args: { schedule: String(name) } });
    return;
  }
  openPart(bench, row);
}

/** A part of the entry that is open, or an entry of the configuration. */
function openPart(bench: Bench, row: FormRow): void {
  const page = entryPage(bench.model());
  const begun = begunOf(formsOf(row.entry.kind === 'part' ? row.entry.schema : {})[0] ?? {});
  if (page !== undefined) {
    const at = row.path.slice(page.path.length);
    if (row.value === undefined) keepInEntry(bench, row, begun);
    goInEntry(bench, at);
    return;
  }
  const read = readConfig(bench.model());
  if (read === undefined) return;
  const value = valueIn(read.values, row.path);
  const { revision } = read;
  openEntry(bench, {
    ...{ path: row.path.map(String), draft: value ?? begun, revision },
    ...(value === undefined ? {} : { read: value }),
  });
}

async function put(bench: Bench, asked: z.infer<typeof Put>): Promise<void> {
  const { of, text, value } = asked;
  const found = rowOf(bench, asked);
  if (found === undefined) return;
  const { form, row } = found;
  const read = text === undefined ? { kind: 'value' as const, value } : readTyped(row, of, text);
  const problem =
    read.kind === 'value'
      ? await keep(bench, form.name, row, read.value)
      : words.problems[read.kind];
  if (problem === undefined) {
    // What is not saved yet says so by itself.
    if (form.name !== 'config-entry') bench.notify('ok', words.kept(row.title));
  } else if (text === undefined) bench.notify('warning', `${row.title}: ${problem}`);
  else askText(bench, form, row, { text, problem, ...(of === undefined ? {} : { of }) });
}

/** What stands against a value; undefined: it is kept. */
async function keep(
  bench: Bench,
  form: FormName,
  row: FormRow,
  value: unknown,
): Promise<string | undefined> {
  switch (form) {
    case 'config-form':
      return await keepInConfig(bench, row, value);
    case 'config-entry':
      return keepInEntry(bench, row, value);
    case 'preferences':
      return keepInPreferences(bench, row, value);
    default:
      return form satisfies never;
  }
}

function keepInEntry(bench: Bench, { path }: FormRow, value: unknown): undefined {
  changeEntry(bench, (page) => ({
    ...page,
    draft: putIn(page.draft, path.slice(page.path.length), value),
  }));
  return undefined;
}

function keepInPreferences(bench: Bench, { id }: FormRow, value: unknown): string | undefined {
  if (!isSetting(id)) return undefined;
  try {
    bench.settings.put(id, value);
    return undefined;
  } catch (error) {
    return wordFailure(failureOf(error)).message;
  }
}
