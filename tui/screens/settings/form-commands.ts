import * as z from 'zod';
import { type Failure, failureOf } from '../../../protocol/failures.ts';
import {
  configDescribe,
  configGet,
  configSet,
  configValidate,
} from '../../../protocol/methods/config.ts';
import { valueOfText, withValue } from '../../host/settings/edit-jsonc.ts';
import { isSetting } from '../../host/settings/parse-settings.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { mayAsk } from '../../store/role-of.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { configForm } from './forms/config-form.ts';
import { entryWords, type Form, type FormName, formList } from './forms/form-page.ts';
import { entryText, type FormRow, isChoice, readEntry } from './forms/form-rows.ts';
import { preferencesForm } from './forms/preferences.ts';

const words = texts.forms;
const category = texts.workbench.views.settings;
const names = ['preferences', 'config-form'] as const satisfies readonly FormName[];
const Row = z.object({ form: z.enum(names), id: z.string() });
/** `text`: as it was typed; else `value`, absent: not set. */
const Put = Row.extend({
  text: z.string().optional(),
  value: z.union([z.string(), z.boolean()]).optional(),
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
      bench.load(
        'schema',
        'all',
        async () => (await bench.session.call(configDescribe, {})).schema,
      );
    },
  },
  {
    id: 'settings.change-value',
    title: words.commands.change,
    category,
    internal: true,
    run(bench, args) {
      const { form, id } = Row.parse(args);
      const row = rowOf(bench.model(), form, id);
      if (row !== undefined) askValue(bench, form, row);
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
  ...names.flatMap((name): readonly Keybinding[] => [
    {
      key: 'enter',
      command: 'open',
      when: `region == ${formList(name)}`,
      hint: words.hints.change,
    },
    { key: 'esc', command: 'back', when: `page == ${name}`, hint: words.hints.back },
  ]),
];

/** Reads the configuration again, as it is shown and edited. */
export function loadConfig(bench: Bench): void {
  if (!mayAsk(bench.model().state, configGet)) return;
  const revision = bench.model().state.snapshot?.configRevision ?? '';
  bench.load('config', revision, async () => {
    const { text, ...read } = await bench.session.call(configGet, {});
    return { ...read, values: valueOfText(text) };
  });
}

function formNamed(model: Model, name: FormName): Form | undefined {
  return name === 'preferences' ? preferencesForm(model) : configForm(model);
}

function rowOf(model: Model, name: FormName, id: string): FormRow | undefined {
  return formNamed(model, name)?.rows.find((row) => row.id === id);
}

/** A choice is a list of what there is; all else is typed. */
function askValue(bench: Bench, form: FormName, row: FormRow): void {
  const { id, entry, value, title } = row;
  if (entry.kind !== 'choice') {
    askText(bench, form, row, entryText(value, entry), entryWords(row));
    return;
  }
  const wordValue = formNamed(bench.model(), form)?.wordValue ?? (() => '');
  const offers = entry.choices.map((choice) => ({
    title: wordValue(row, choice),
    detail: choice === value ? words.now : '',
    action: { command: 'settings.put-value', args: { form, id, value: choice } },
  }));
  const unset = {
    title: words.unset,
    detail: value === undefined ? words.now : '',
    action: { command: 'settings.put-value', args: { form, id } },
  };
  const selected = Math.max(0, entry.choices.indexOf(isChoice(value) ? value : ''));
  bench.choose({ title, offers: row.required ? offers : [...offers, unset], selected });
}

function askText(bench: Bench, form: FormName, row: FormRow, text: string, note: string): void {
  const action = { command: 'settings.put-value', args: { form, id: row.id } };
  bench.enter({ title: row.title, note, text, action });
}

async function put(bench: Bench, { form, id, text, value }: z.infer<typeof Put>): Promise<void> {
  const row = rowOf(bench.model(), form, id);
  if (row === undefined) return;
  const read = text === undefined ? { kind: 'value' as const, value } : readEntry(text, row.entry);
  const problem =
    read.kind === 'value' ? await keep(bench, form, row, read.value) : words.problems[read.kind];
  if (problem === undefined) bench.notify('ok', words.kept(row.title));
  else if (text === undefined) bench.notify('warning', `${row.title}: ${problem}`);
  else askText(bench, form, row, text, problem);
}

/** What stands against a value; undefined: it is kept. */
async function keep(
  bench: Bench,
  form: FormName,
  row: FormRow,
  value: unknown,
): Promise<string | undefined> {
  if (form === 'config-form') return await keepInConfig(bench, row, value);
  if (!isSetting(row.id)) return undefined;
  try {
    bench.settings.put(row.id, value);
    return undefined;
  } catch (error) {
    return wordFailure(failureOf(error)).message;
  }
}

/** Checked by Kedge first, and saved only against the revision that was read. */
async function keepInConfig(
  bench: Bench,
  { id, path }: FormRow,
  value: unknown,
): Promise<string | undefined> {
  const { config } = bench.model().ui.data;
  if (config?.kind !== 'ready') return texts.workbench.loading;
  const { revision } = config.value;
  const read = await bench.session.call(configGet, {});
  const text = withValue(read.text, path, value);
  const { problems } = await bench.session.call(configValidate, { text });
  const [first] = problems;
  const own = problems.find(({ message }) => message.startsWith(`${id}: `));
  if (own !== undefined) return own.message.slice(id.length + 2);
  if (first !== undefined) return first.message;
  try {
    await bench.session.call(configSet, { text, revision });
    return undefined;
  } catch (error) {
    return tooLate(failureOf(error), valueIn(valueOfText(read.text), path));
  } finally {
    loadConfig(bench);
  }
}

/** Somebody saved meanwhile: what stands there now is shown, and what was typed can be saved over it. */
function tooLate(failure: Failure, now: unknown): string {
  const { message } = wordFailure(failure);
  if (!failure.code.startsWith('config-changed')) return message;
  return `${message}. ${peopleTexts.thereNow(now === undefined ? undefined : JSON.stringify(now))}`;
}

function valueIn(values: unknown, path: FormRow['path']): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    values,
  );
}
