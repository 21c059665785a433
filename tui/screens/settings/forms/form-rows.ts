import type { ConfigPath } from '../../../../protocol/domain/config-change.ts';
import { entryOf, type FormEntry } from './form-entry.ts';
import { formOf, formsOf, hasParts, isRecord, type Schema } from './schema.ts';

/** One value of a form. */
export interface FormRow {
  /** Its path with dots, such as "undo.keepDays". */
  readonly id: string;
  readonly path: ConfigPath;
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  readonly entry: FormEntry;
  /** Undefined: it is not set. */
  readonly value: unknown;
  /** What holds where it is not set, as far as the schema says it. */
  readonly preset: unknown;
  readonly required: boolean;
  /** Its name is the admin's own, or it is an item of a list: it can be copied and removed. */
  readonly own?: 'name' | 'item';
}

/** Where a schema stands. `page`: how many keys of the path lead to the page. */
interface Place {
  readonly path: ConfigPath;
  readonly page: number;
  readonly required: boolean;
  readonly own?: 'name' | 'item';
}

/**
 * What a schema lets one set, with what is set: single values, and a row for what has a page of its own. Names of the
 * admin's own come from the value.
 */
export function formRows(
  schema: Schema,
  value: unknown,
  path: ConfigPath = [],
  required = true,
): readonly FormRow[] {
  return rowsOf(schema, value, { path, page: path.length, required });
}

function rowsOf(schema: Schema, value: unknown, place: Place): readonly FormRow[] {
  const forms = formsOf(schema);
  const form = formOf(schema, value);
  if (form?.const !== undefined && forms.length === 1) return [];
  if (forms.length > 1) {
    const row = rowOf(schema, value, place, { kind: 'forms', forms });
    return [row, ...(form !== undefined && hasParts(schema) ? partsOf(form, value, place) : [])];
  }
  if (form?.type === 'object' && form.properties !== undefined) return partsOf(form, value, place);
  if (form?.type === 'object' && typeof form.additionalProperties === 'object') {
    return sectionRows(form, form.additionalProperties, value, place);
  }
  if (form?.type === 'array' && form.items !== undefined && hasParts(form.items)) {
    return itemRows(form.items, value, place);
  }
  return [rowOf(schema, value, place, entryOf(form ?? schema))];
}

function partsOf(form: Schema, value: unknown, place: Place): readonly FormRow[] {
  const values = isRecord(value) ? value : {};
  const { properties = {}, required = [] } = form;
  return Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .flatMap(([key, of]) => {
      const isRequired = required.includes(key);
      const at = below(place, key, place.required && isRequired);
      return !isRequired && isOptionalPart(of)
        ? [rowOf(of, values[key], at, { kind: 'part', schema: of })]
        : rowsOf(of, values[key], at);
    });
}

/** It is there as a whole or not at all. */
function isOptionalPart(schema: Schema): boolean {
  const [form, ...others] = formsOf(schema);
  return others.length === 0 && hasParts(schema) && (form?.required ?? []).length > 0;
}

/** Entries with names of the admin's own, and the row that adds one. */
function sectionRows(
  { propertyNames }: Schema,
  of: Schema,
  value: unknown,
  place: Place,
): readonly FormRow[] {
  const values = isRecord(value) ? value : {};
  const rows = Object.keys(values).flatMap((key) => {
    const at: Place = { ...below(place, key, false), own: 'name' };
    return hasParts(of)
      ? [rowOf(of, values[key], at, { kind: 'part', schema: of })]
      : rowsOf(of, values[key], at);
  });
  const add = { kind: 'add', schema: of, to: 'section', pattern: propertyNames?.pattern } as const;
  return [...rows, addRow(place, add)];
}

function itemRows(of: Schema, value: unknown, place: Place): readonly FormRow[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const rows = items.map((item, n) =>
    rowOf(of, item, { ...below(place, n, false), own: 'item' }, { kind: 'part', schema: of }),
  );
  return [...rows, addRow(place, { kind: 'add', schema: of, to: 'list' })];
}

function below(place: Place, key: string | number, required: boolean): Place {
  const { path, page } = place;
  return { path: [...path, key], page, required };
}

function addRow(place: Place, entry: FormEntry): FormRow {
  const { id, ...row } = rowOf({}, undefined, below(place, '+', false), entry);
  return { ...row, id, path: place.path };
}

function rowOf(schema: Schema, value: unknown, place: Place, entry: FormEntry): FormRow {
  const { path, page, required, own } = place;
  const form = formOf(schema, value) ?? schema;
  // A form has a name of its own, which says nothing of what the value is for.
  const named = formsOf(schema).length > 1 || own !== undefined ? schema : form;
  return {
    id: path.join('.'),
    path,
    group: path.slice(page, -1).map(wordOf).join(' '),
    // A page as a whole is named above it.
    title: path.length === page ? '' : titleOf(schema.title ?? named.title, path, own),
    summary: schema.description ?? named.description ?? '',
    entry,
    value,
    preset: schema.default ?? form.default,
    required,
    ...(own === undefined ? {} : { own }),
  };
}

function titleOf(title: string | undefined, path: ConfigPath, own: Place['own']): string {
  const key = path.at(-1) ?? '';
  if (own === 'name') return String(key);
  if (own === 'item') return String(Number(key) + 1);
  return title ?? (typeof key === 'number' ? String(key + 1) : inWords(key));
}

function wordOf(key: string | number): string {
  return typeof key === 'number' ? String(key + 1) : key;
}

/** "keepDays": "Keep days". */
function inWords(key: string): string {
  const words = key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Settings that a value must have and has not. */
export function missingIn(rows: readonly FormRow[]): readonly FormRow[] {
  return rows.filter(({ required, value }) => required && value === undefined);
}
