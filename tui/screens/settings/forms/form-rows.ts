import { formOf, isRecord, type Schema } from './schema.ts';

/** How a value is entered. `list`: texts with commas between; `json`: as it stands in the file. */
export type FormEntry =
  | { readonly kind: 'choice'; readonly choices: readonly (string | boolean)[] }
  | {
      readonly kind: 'number';
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly kind: 'text' | 'list' | 'json' };

/** One value of a form. */
export interface FormRow {
  /** Its path with dots, such as "undo.keepDays". */
  readonly id: string;
  readonly path: readonly string[];
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  readonly entry: FormEntry;
  /** Undefined: it is not set. */
  readonly value: unknown;
  /** What holds where it is not set, as far as the schema says it. */
  readonly preset: unknown;
  readonly required: boolean;
}

/** Every single value that a schema lets one set, with what is set. Names of the admin's own come from the value. */
export function formRows(
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
  required = true,
): readonly FormRow[] {
  const form = formOf(schema, value);
  if (form?.const !== undefined) return [];
  if (form?.type !== 'object') return [leaf(schema, form ?? schema, value, path, required)];
  const values = isRecord(value) ? value : {};
  const { properties = {}, additionalProperties } = form;
  const has = (key: string): boolean => required && form.required?.includes(key) === true;
  const known = Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .flatMap(([key, of]) => formRows(of, values[key], [...path, key], has(key)));
  if (typeof additionalProperties !== 'object') return known;
  const named = Object.keys(values).flatMap((key) =>
    formRows(additionalProperties, values[key], [...path, key]),
  );
  return [...known, ...named];
}

function leaf(
  schema: Schema,
  form: Schema,
  value: unknown,
  path: readonly string[],
  required: boolean,
): FormRow {
  const key = path.at(-1) ?? '';
  return {
    id: path.join('.'),
    path,
    group: path.slice(0, -1).join(' '),
    title: schema.title ?? form.title ?? inWords(key),
    summary: schema.description ?? form.description ?? '',
    entry: entryOf(form),
    value,
    preset: schema.default ?? form.default,
    required,
  };
}

function entryOf({ type, enum: values, minimum, maximum, items }: Schema): FormEntry {
  if (values !== undefined) return { kind: 'choice', choices: values.filter(isChoice) };
  switch (type) {
    case 'boolean':
      return { kind: 'choice', choices: [true, false] };
    case 'number':
    case 'integer':
      return { kind: 'number', min: minimum, max: maximum };
    case 'string':
      return { kind: 'text' };
    case 'array':
      return { kind: items?.type === 'string' ? 'list' : 'json' };
    default:
      return { kind: 'json' };
  }
}

export function isChoice(value: unknown): value is string | boolean {
  return typeof value === 'string' || typeof value === 'boolean';
}

/** "keepDays": "Keep days". */
function inWords(key: string): string {
  const words = key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A value as it is entered, and back. */
export function entryText(value: unknown, { kind }: FormEntry): string {
  if (value === undefined) return '';
  if (kind === 'list' && Array.isArray(value)) return value.join(', ');
  return kind === 'json' ? JSON.stringify(value) : String(value);
}

export type ReadEntry =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'not-a-number' | 'not-json' };

/** Nothing typed: it is not set. */
export function readEntry(text: string, { kind }: FormEntry): ReadEntry {
  const typed = text.trim();
  if (typed === '') return { kind: 'value', value: undefined };
  switch (kind) {
    case 'number': {
      const value = Number(typed);
      return Number.isNaN(value) ? { kind: 'not-a-number' } : { kind: 'value', value };
    }
    case 'list':
      return { kind: 'value', value: typed.split(',').flatMap((part) => part.trim() || []) };
    case 'json':
      return readJson(typed);
    case 'choice':
    case 'text':
      return { kind: 'value', value: typed };
    default:
      return kind satisfies never;
  }
}

function readJson(text: string): ReadEntry {
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return { kind: 'not-json' };
  }
}
