import { expect, test } from 'vitest';
import { sanitised, sanitiseText } from '../../tui/store/sanitise.ts';

test.each([
  ['\x1b[2Jgone', '\\x1b[2Jgone'],
  ['a\nb\tc\rd', 'a\\nb\\tc\\rd'],
  ['bell\x07 del\x7f', 'bell\\x07 del\\x7f'],
  ['c1 \x9b31m', 'c1 \\x9b31m'],
  ['exe\u202etxt', 'exe\\u202etxt'],
  ['iso\u2066late\u2069', 'iso\\u2066late\\u2069'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['line\u2028separator', 'line\\u2028separator'],
])('%j is shown as %j', (text, shown) => {
  expect(sanitiseText(text)).toBe(shown);
});

test.each(['Überweisung', 'آزمایش خون', '日本語', '🙂 fine', 'it’s — ok'])(
  '"%s" stays as it is',
  (text) => {
    expect(sanitiseText(text)).toBe(text);
  },
);

test('every text in a value is made safe, keys too', () => {
  expect(sanitised({ 'a\x1b': [{ name: 'x\x07' }, 3, null, true] })).toEqual({
    'a\\x1b': [{ name: 'x\\x07' }, 3, null, true],
  });
});

test('a value without anything dangerous is the same object', () => {
  const value = { list: [{ name: 'x' }], count: 3 };
  expect(sanitised(value)).toBe(value);
});
