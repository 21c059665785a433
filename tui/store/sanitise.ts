/**
 * Everything that could move a terminal's cursor, colour it or turn the reading order round:
 * C0, DEL, C1, line and paragraph separators, bidirectional controls, zero-width marks, lone surrogates.
 */
const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** One line of text that is safe to print: a control character is shown as its escape, such as \x1b. */
export function sanitiseText(text: string): string {
  return text.replace(dangerous, visible);
}

/** A value with all its texts made safe; the same object when nothing had to be changed. */
export function sanitised<T>(value: T): T {
  return sanitisedValue(value) as T;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return named[character] ?? `\\x${hex.padStart(2, '0')}`;
  return `\\u${hex.padStart(4, '0')}`;
}

function sanitisedValue(value: unknown): unknown {
  if (typeof value === 'string') return sanitiseText(value);
  if (Array.isArray(value)) return sanitisedList(value);
  if (typeof value === 'object' && value !== null) return sanitisedRecord(value);
  return value;
}

function sanitisedList(list: readonly unknown[]): readonly unknown[] {
  const safe = list.map(sanitisedValue);
  return safe.every((item, index) => item === list[index]) ? list : safe;
}

function sanitisedRecord(record: object): object {
  const entries = Object.entries(record);
  const safe = entries.map(([key, value]) => [sanitiseText(key), sanitisedValue(value)] as const);
  const same = safe.every(([key, value], n) => key === entries[n]?.[0] && value === entries[n][1]);
  return same ? record : Object.fromEntries(safe);
}
