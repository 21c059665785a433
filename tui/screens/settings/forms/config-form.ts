import type { ConfigPath } from '../../../../protocol/domain/config-change.ts';
import type { Page } from '../../../store/ui-state.ts';
import { formatCount } from '../../../texts/count.ts';
import { texts } from '../../../texts/texts.ts';
import type { Model } from '../../bench.ts';
import { putIn, valueIn } from './draft.ts';
import { entryText, partText } from './form-entry.ts';
import type { Form } from './form-page.ts';
import { type FormRow, formRows } from './form-rows.ts';
import { formOf, formsOf, hasParts, nameOfForm, Schema } from './schema.ts';

/** kedge.jsonc as it was read, and what Kedge says may stand in it. */
interface ReadConfig {
  readonly schema: Schema;
  readonly values: unknown;
  readonly path: string;
  readonly revision: string;
  readonly problems: readonly { readonly message: string }[];
}

/** Undefined: not read yet. */
export function readConfig({ ui }: Pick<Model, 'ui'>): ReadConfig | undefined {
  const { config, schema } = ui.data;
  if (config?.kind !== 'ready' || schema?.kind !== 'ready') return undefined;
  return { ...config.value, schema: parsed(schema.value) };
}

interface ParsedSchema {
  readonly raw: unknown;
  readonly schema: Schema;
}

let last: ParsedSchema | undefined;

/** Drawn again and again from the same one. */
function parsed(raw: unknown): Schema {
  const found: ParsedSchema =
    last !== undefined && last.raw === raw ? last : { raw, schema: Schema.parse(raw) };
  last = found;
  return found.schema;
}

/** kedge.jsonc as a form, drawn from the schema that Kedge describes it with; undefined: not read yet. */
export function configForm(model: Pick<Model, 'ui'>): Form | undefined {
  const read = readConfig(model);
  if (read === undefined) return undefined;
  const rows = formRows(read.schema, read.values).map(worded);
  return {
    name: 'config-form',
    title: read.path,
    rows,
    problems: problemsOf(rows, read.problems),
    wordValue,
  };
}

export type EntryPage = Extract<Page, { readonly kind: 'config-entry' }>;

export function entryPage({ ui }: Pick<Model, 'ui'>): EntryPage | undefined {
  const page = ui.pages.settings;
  return page?.kind === 'config-entry' ? page : undefined;
}

/** What an entry would be once it is saved, or the part of it that is open. */
export function entryForm(model: Pick<Model, 'ui'>): Form | undefined {
  const read = readConfig(model);
  const page = entryPage(model);
  if (read === undefined || page === undefined) return undefined;
  const at = [...page.path, ...page.at];
  const schema = schemaAt(read.schema, putIn(read.values, page.path, page.draft), at);
  if (schema === undefined) return undefined;
  const value = valueIn(page.draft, page.at);
  const rows = formRows(schema, value, at).map(worded);
  const { draft } = model.ui.data;
  const problems = draft?.kind === 'ready' ? draft.value : [];
  return {
    name: 'config-entry',
    title: at.map(String).join(' / '),
    rows,
    problems: problemsOf(rows, problems),
    wordValue,
  };
}

/** What may stand at a place; undefined: nothing is known of it. */
export function schemaAt(schema: Schema, value: unknown, path: ConfigPath): Schema | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const form = formOf(schema, value) ?? formsOf(schema)[0];
  const inner = form === undefined ? undefined : memberOf(form, key);
  return inner === undefined ? undefined : schemaAt(inner, valueIn(value, [key]), rest);
}

function memberOf(form: Schema, key: string | number): Schema | undefined {
  if (typeof key === 'number') return form.items;
  const { properties = {}, additionalProperties } = form;
  const named = Object.hasOwn(properties, key) ? properties[key] : undefined;
  return named ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

const words = texts.forms;

/** Rows of what there may be several of, in the words of their section. */
function worded(row: FormRow): FormRow {
  const { entry, path, own, title } = row;
  const section = String(path.at(own === undefined ? -1 : -2) ?? '');
  if (entry.kind === 'add') {
    return { ...row, title: `+ ${wordOf(words.added, section) ?? words.add}` };
  }
  if (own === 'item') {
    const number = formatCount(Number(title));
    return { ...row, title: `${wordOf(words.parts, section) ?? section} ${number}` };
  }
  return path.length > 0 && title === '' ? { ...row, title: words.kind } : row;
}

export function wordOf(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** The message of a problem begins with the path of what it is about: it is shown at what is nearest to that. */
function problemsOf(
  rows: readonly FormRow[],
  problems: readonly { readonly message: string }[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { message } of problems) {
    const [place = ''] = message.split(': ', 1);
    const [nearest] = rows
      .filter(({ id, entry }) => entry.kind !== 'add' && `${place}.`.startsWith(`${id}.`))
      .toSorted((a, b) => b.id.length - a.id.length);
    if (nearest === undefined || found.has(nearest.id)) continue;
    const rest = place === nearest.id ? '' : `${place.slice(nearest.id.length + 1)}: `;
    found.set(nearest.id, rest + message.slice(place.length + 2));
  }
  return found;
}

function wordValue({ entry, own }: Pick<FormRow, 'entry' | 'own'>, value: unknown): string {
  if (typeof value === 'boolean') return value ? texts.forms.on : texts.forms.off;
  if (entry.kind === 'forms') return wordForm(entry.forms, value);
  if (entry.kind === 'part') {
    const form = formOf(entry.schema, value);
    // What is not one of several says in its title what it is.
    return partText(own === undefined && form !== undefined ? untitled(form) : form, value);
  }
  return entryText(value, entry);
}

function untitled({ title: _said, ...form }: Schema): Schema {
  return form;
}

function wordForm(forms: readonly Schema[], value: unknown): string {
  const union: Schema = { oneOf: forms };
  const form = formOf(union, value);
  if (form === undefined || form.type !== 'object') return entryText(value, { kind: 'text' });
  return hasParts(union) ? nameOfForm(form) : partText(form, value);
}
