/**
 * Everything that could move a terminal's cursor, colour it, turn the reading order round or take no cell:
 * C0, DEL, C1, line and paragraph separators, bidirectional and other format signs, fillers, tags, lone surrogates.
 * Not the non-joiner between two letters of Arabic script, of which Persian words are made: its width is nothing, and
 * it changes nothing but how these two look.
 */
const dangerous =
  /(?!(?<=[\p{Script=Arabic}&&\p{L}]\p{M}{0,4})\u200c[\p{Script=Arabic}&&\p{L}])(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[\u115f\u1160\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{e0000}-\u{e0fff}])/gv;
/** More marks on one letter than any language writes: they would spill over the rows above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** One line of text that is safe to print: a control character is shown as its escape, such as \x1b. */
export function sanitiseText(text: string): string {
  return text.replace(dangerous, visible).replace(piledMarks, '$1');
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
