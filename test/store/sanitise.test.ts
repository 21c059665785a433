import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitised, sanitiseText } from '../../tui/store/sanitise.ts';
import { cellWidth, splitCells } from '../../tui/widgets/cells.ts';

test.each([
  ['\x1b[2Jgone', '\\x1b[2Jgone'],
  ['a\nb\tc\rd', 'a\\nb\\tc\\rd'],
  ['bell\x07 del\x7f', 'bell\\x07 del\\x7f'],
  ['c1 \x9b31m', 'c1 \\x9b31m'],
  ['exe\u202etxt', 'exe\\u202etxt'],
  ['iso\u2066late\u2069', 'iso\\u2066late\\u2069'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['line\u2028separator', 'line\\u2028separator'],
  ['non\u200cjoiner', 'non\\u200cjoiner'],
  ['می\u200c', 'می\\u200c'],
  ['\u200cمی', '\\u200cمی'],
  ['می\u200c\u200cرود', 'می\\u200c\\u200cرود'],
  ['می\u200drود', 'می\\u200drود'],
  ['می\u200c۱', 'می\\u200c۱'],
  ['שלום\u200cשלום', 'שלום\\u200cשלום'],
])('%j is shown as %j', (text, shown) => {
  expect(sanitiseText(text)).toBe(shown);
});

test.each([
  'Überweisung',
  'آزمایش خون',
  'می\u200cرود',
  'خانهٔ\u200cما',
  '日本語',
  '🙂 fine',
  'it’s — ok',
])('"%s" stays as it is', (text) => {
  expect(sanitiseText(text)).toBe(text);
});

const persian = fc.constantFrom(
  'می',
  'رود',
  'نسخهٔ',
  'ها',
  '\u200C',
  '\u200D',
  '۱',
  ' ',
  'a',
  '\u064E',
);

test('a non-joiner is only ever left between two letters that it keeps apart, and takes no cell', () => {
  fc.assert(
    fc.property(fc.array(persian, { maxLength: 12 }), (parts) => {
      const safe = sanitiseText(parts.join(''));
      expect(safe).not.toMatch(/\u200D|\u200C\u200C|^\u200C|\u200C$|\u200C[a ۱\\]|[a ۱]\u200C/);
      const alone = safe.replaceAll('\u200C', '');
      expect(cellWidth(safe)).toBe(cellWidth(alone));
      expect(splitCells(safe)).toHaveLength(splitCells(alone).length);
    }),
  );
});

test('every text in a value is made safe, keys too', () => {
  expect(sanitised({ 'a\x1b': [{ name: 'x\x07' }, 3, null, true] })).toEqual({
    'a\\x1b': [{ name: 'x\\x07' }, 3, null, true],
  });
});

test('a value without anything dangerous is the same object', () => {
  const value = { list: [{ name: 'x' }], count: 3 };
  expect(sanitised(value)).toBe(value);
});
