import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWidth } from '../../tui/widgets/cells.ts';
import { cutRows, wordWrap } from '../../tui/widgets/word-wrap.ts';

const signs = fc.constantFrom('x', '漢', '🇮🇷', '👨‍👩‍👧‍👦', 'e\u0301', 'س', '\u3000', '\u00A0', ' ');
const texts = fc.array(signs, { maxLength: 60 }).map((parts) => parts.join(''));
const widths = fc.integer({ min: 1, max: 20 });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** In the width, or one sign that is wider than it. */
function fits(row: string, width: number): boolean {
  return cellWidth(row) <= width || [...graphemes.segment(row)].length === 1;
}

test('rows that are full hold the text, each sign whole', () => {
  fc.assert(
    fc.property(texts, widths, (text, width) => {
      const rows = cutRows(text, width);
      expect(rows.join('')).toBe(text);
      for (const row of rows) {
        expect(row).not.toBe('');
        expect(row).not.toMatch(/\p{Surrogate}/u);
        expect(fits(row, width), JSON.stringify([row, width])).toBe(true);
      }
    }),
  );
});

test('words that are wrapped lose nothing but the spaces they are broken at', () => {
  fc.assert(
    fc.property(texts, widths, (text, width) => {
      const rows = wordWrap(text, width);
      expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const row of rows) {
        expect(row).not.toMatch(/\p{Surrogate}/u);
        expect(fits(row, width), JSON.stringify([row, width])).toBe(true);
      }
    }),
  );
});

test('a row is as full as it may be', () => {
  expect(cutRows('abcdef', 4)).toEqual(['abcd', 'ef']);
  expect(cutRows('abc漢字', 4)).toEqual(['abc', '漢字']);
  expect(cutRows('🇮🇷🇮🇷', 1)).toEqual(['🇮🇷', '🇮🇷']);
  expect(cutRows('', 4)).toEqual([]);
  expect(wordWrap('to abcdef go', 4)).toEqual(['to', 'abcd', 'ef', 'go']);
});
