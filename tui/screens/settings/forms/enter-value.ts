import type { Offer } from '../../../store/overlay-state.ts';
import { texts } from '../../../texts/texts.ts';
import type { Bench } from '../../bench.ts';
import { readConfig } from './config-form.ts';
import { valueIn } from './draft.ts';
import { entryOf, entryText, type FormEntry, type ReadEntry, readEntry } from './form-entry.ts';
import { entryWords, type Form } from './form-page.ts';
import type { FormRow } from './form-rows.ts';
import { formOf, hasParts, inForm, isRecord, nameOfForm, type Schema } from './schema.ts';

const words = texts.forms;

/** Asks for the value of a row: a choice is a list of what there is; all else is typed. */
export function askValue(bench: Bench, form: Form, row: FormRow): void {
  const offers = offersOf(bench, form, row);
  if (offers.length === 0) {
    askText(bench, form, row);
    return;
  }
  const { title, value, required } = row;
  const unset: Offer = {
    title: words.unset,
    detail: value === undefined ? words.now : '',
    action: putAction(form, row, {}),
  };
  const all = required ? offers : [...offers, unset];
  const now = all.findIndex(({ detail }) => detail === words.now);
  bench.choose({
    title: title === '' ? form.title : title,
    offers: all,
    selected: Math.max(0, now),
  });
}

function putAction({ name }: Form, { id }: FormRow, args: Readonly<Record<string, unknown>>) {
  return { command: 'settings.put-value', args: { form: name, id, ...args } };
}

function offersOf(bench: Bench, form: Form, row: FormRow): readonly Offer[] {
  const { entry } = row;
  if (entry.kind === 'choice') return valueOffers(form, row, entry.choices);
  if (entry.kind === 'text' && entry.names !== undefined) {
    return valueOffers(form, row, namesIn(bench, entry.names));
  }
  return entry.kind === 'forms' ? formOffers(form, row, entry.forms) : [];
}

/** Names of the entries of a section. */
function namesIn(bench: Bench, section: string): readonly string[] {
  const entries = valueIn(readConfig(bench.model())?.values, [section]);
  return isRecord(entries) ? Object.keys(entries) : [];
}

function valueOffers(
  form: Form,
  row: FormRow,
  choices: readonly (string | boolean)[],
): readonly Offer[] {
  return choices.map((choice) => ({
    title: form.wordValue(row, choice),
    detail: choice === row.value ? words.now : '',
    action: putAction(form, row, { value: choice }),
  }));
}

/** Values that can be named at once, and forms of which more has to be said. */
function formOffers(form: Form, row: FormRow, forms: readonly Schema[]): readonly Offer[] {
  const { value } = row;
  const current = formOf({ oneOf: forms }, value);
  return forms.flatMap((one, index): readonly Offer[] => {
    const entry = entryOf(one);
    if (entry.kind === 'choice') return valueOffers(form, row, entry.choices);
    const only = one.const;
    if (typeof only === 'boolean' || typeof only === 'string') {
      return valueOffers(form, row, [only]);
    }
    const action = {
      command: 'settings.enter-form',
      args: { form: form.name, id: row.id, of: index },
    };
    return [{ title: wordForm(one), detail: one === current ? words.now : '', action }];
  });
}

function wordForm(form: Schema): string {
  if (form.type === 'number' || form.type === 'integer') {
    return words.number(form.minimum, form.maximum);
  }
  if (form.type === 'string') return words.text;
  const name = nameOfForm(form);
  return name === 'object' ? Object.keys(form.properties ?? {}).join(', ') : name;
}

/** What a chosen form is at once; undefined: it has to be typed. */
export function chosenForm({ entry, value }: FormRow, of: number): unknown {
  const forms = entry.kind === 'forms' ? entry.forms : [];
  const form = forms[of];
  return form !== undefined && hasParts({ oneOf: forms }) ? inForm(form, value) : undefined;
}

/** `of`: the form that was chosen. `text` and `problem`: what was typed before, and what is wrong with it. */
export function askText(
  bench: Bench,
  form: Form,
  row: FormRow,
  again: { readonly of?: number; readonly text?: string; readonly problem?: string } = {},
): void {
  const { of, text, problem } = again;
  const typed = typedOf(row, of);
  const now = typed.key === undefined ? row.value : valueIn(row.value, [typed.key]);
  const isNow = typed.key !== undefined || of === undefined || isScalar(now);
  bench.enter({
    title: row.title === '' ? form.title : row.title,
    note: problem ?? noteOf(bench, row, typed.entry),
    text: text ?? (isNow ? entryText(now, typed.entry) : ''),
    action: putAction(form, row, of === undefined ? {} : { of }),
  });
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function noteOf(bench: Bench, row: FormRow, entry: FormEntry): string {
  const names =
    entry.kind === 'list' && entry.names !== undefined ? namesIn(bench, entry.names) : [];
  const said = entryWords({ ...row, entry });
  return names.length === 0 ? said : `${said} ${words.thereAre(names)}`;
}

/** What is typed: the value itself, or the only setting of an object such as `{ "env": ... }`. */
function typedOf(
  { entry }: FormRow,
  of: number | undefined,
): { readonly entry: FormEntry; readonly key?: string } {
  const form = entry.kind === 'forms' && of !== undefined ? entry.forms[of] : undefined;
  if (form === undefined) return { entry };
  const [only, ...others] = Object.entries(form.properties ?? {});
  return only !== undefined && others.length === 0
    ? { entry: entryOf(only[1]), key: only[0] }
    : { entry: entryOf(form) };
}

export function readTyped(row: FormRow, of: number | undefined, text: string): ReadEntry {
  const { entry, key } = typedOf(row, of);
  const read = readEntry(text, entry);
  if (read.kind !== 'value' || key === undefined || read.value === undefined) return read;
  return { kind: 'value', value: { [key]: read.value } };
}
