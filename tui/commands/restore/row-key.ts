import * as z from 'zod';
import { KeyValue } from '../../../protocol/domain/restore-order.ts';
import { KedgeError } from '../../../protocol/failures.ts';

/** The key of a row as a person types it: a whole number, a text, or JSON of its values. */
export function readRowKey(text: string, what: string): readonly KeyValue[] {
  if (text.startsWith('[')) return jsonKey(text, what);
  if (!/^-?\d+$/.test(text)) return [text];
  const value = Number(text);
  return [Number.isSafeInteger(value) ? value : { int: text }];
}

/** The form in which `readRowKey` takes it, the shortest that is not mistaken for another. */
export function rowKeyText(key: readonly KeyValue[]): string {
  const [value] = key;
  if (key.length === 1) {
    if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0))
      return String(value);
    if (typeof value === 'string' && isPlain(value)) return value;
    if (typeof value === 'object' && value !== null && 'int' in value) return value.int;
  }
  return JSON.stringify(key).replace(/[^\x20-\x7e]/g, escaped);
}

/** Text that is shown and typed as it is, and reads as no number and no JSON. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_.:/@+-]+$/.test(text) && !/^-?\d+$/.test(text);
}

/** What lies outside of ASCII is not sanitised away where it is shown: the key stays exact. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function jsonKey(text: string, what: string): readonly KeyValue[] {
  const values = parsed(text, what);
  if (!Array.isArray(values)) throw bad(what, `"${text}" is no list of values in JSON`);
  const key = z.array(KeyValue).safeParse(values);
  if (key.success) return key.data;
  throw bad(what, `"${text}" holds something that is no value of a key`);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = `"${text}" is no JSON`;
    throw new KedgeError('bad-argument', { what, problem }, { cause: error });
  }
}

function bad(what: string, problem: string): KedgeError {
  return new KedgeError('bad-argument', { what: `--${what}`, problem });
}
