import { latinDigits } from '../../../texts/typed-date.ts';
import { isRecord, nameOfForm, type Schema } from './schema.ts';

/**
 * How a value is entered. `list`: texts with commas between; `json`: as it stands in the file; `forms`: one of several
 * forms first; `part`: on a page of its own; `add`: a new entry of a section or item of a list.
 */
export type FormEntry =
  | { readonly kind: 'choice'; readonly choices: readonly (string | boolean)[] }
  | {
      readonly kind: 'number';
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly kind: 'text' | 'list'; readonly names?: string | undefined }
  | { readonly kind: 'json' }
  | { readonly kind: 'forms'; readonly forms: readonly Schema[] }
  | { readonly kind: 'part'; readonly schema: Schema }
  | {
      readonly kind: 'add';
      readonly schema: Schema;
      readonly to: 'section' | 'list';
      /** What a name must look like. */
      readonly pattern?: string | undefined;
    };

/** Of a value that has one form. */
export function entryOf({ type, enum: values, minimum, maximum, items, names }: Schema): FormEntry {
  if (values !== undefined) return { kind: 'choice', choices: values.filter(isChoice) };
  switch (type) {
    case 'boolean':
      return { kind: 'choice', choices: [true, false] };
    case 'number':
    case 'integer':
      return { kind: 'number', min: minimum, max: maximum };
    case 'string':
      return { kind: 'text', names };
    case 'array':
      return items?.type === 'string' ? { kind: 'list', names: items.names } : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

function isChoice(value: unknown): value is string | boolean {
  return typeof value === 'string' || typeof value === 'boolean';
}

/** A value as it is entered, and back. */
export function entryText(value: unknown, { kind }: Pick<FormEntry, 'kind'>): string {
  if (value === undefined) return '';
  if (kind === 'list' && Array.isArray(value)) return value.map(itemText).join(', ');
  return kind === 'json' || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** In quotes where it would not be read as itself. */
function itemText(item: unknown): string {
  const text = String(item);
  return /^\s|[,"]|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export type ReadEntry =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'not-a-number' | 'not-json' | 'open-quote' };

/** Nothing typed: it is not set. */
export function readEntry(text: string, { kind }: Pick<FormEntry, 'kind'>): ReadEntry {
  const typed = text.trim();
  if (typed === '') return { kind: 'value', value: undefined };
  switch (kind) {
    case 'number': {
      const value = Number(latinDigits(typed));
      return Number.isNaN(value) ? { kind: 'not-a-number' } : { kind: 'value', value };
    }
    case 'list':
      return readList(typed);
    case 'json':
      return readJson(typed);
    case 'choice':
    case 'text':
    case 'forms':
    case 'part':
    case 'add':
      return { kind: 'value', value: typed };
    default:
      return kind satisfies never;
  }
}

/** `a, "b, c", "say ""d"""`. */
function readList(text: string): ReadEntry {
  const items: string[] = [];
  const item = /\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(?:,|$)/y;
  while (item.lastIndex < text.length) {
    const found = item.exec(text);
    if (found === null) return { kind: 'open-quote' };
    const [, quoted, plain = ''] = found;
    if (quoted === undefined && plain.startsWith('"')) return { kind: 'open-quote' };
    if (quoted !== undefined) items.push(quoted.replaceAll('""', '"'));
    else if (plain !== '') items.push(plain);
  }
  return { kind: 'value', value: items };
}

function readJson(text: string): ReadEntry {
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return { kind: 'not-json' };
  }
}

/** What stands in a value of parts, in short: "SQLite database  /srv/clinic.db". */
export function partText(form: Schema | undefined, value: unknown): string {
  if (form === undefined || !isRecord(value)) return entryText(value, { kind: 'json' });
  const { properties = {}, required = [] } = form;
  const said = [...required, ...Object.keys(properties)]
    .filter((key) => properties[key]?.const === undefined)
    .map((key) => shortText(value[key]))
    .find((text) => text !== '');
  const name = form.title ?? (Object.values(properties).some(isConstant) ? nameOfForm(form) : '');
  return [name, said ?? ''].filter((text) => text !== '').join('  ');
}

function isConstant({ const: only }: Schema): boolean {
  return only !== undefined;
}

function shortText(value: unknown): string {
  if (Array.isArray(value)) return value.every(isText) ? value.join(' ') : '';
  return isText(value) ? String(value) : '';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
