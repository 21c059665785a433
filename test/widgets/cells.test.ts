import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellWidth, cutCells, fitText } from '../../tui/widgets/cells.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });

describe('cellWidth', () => {
  test.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['😀', 2],
    ['👨‍👩‍👧', 2],
    ['', 0],
  ])('of %j is %i', (given, width) => {
    expect(cellWidth(given)).toBe(width);
  });
});

test('half a wide character becomes a blank', () => {
  expect(cutCells('日本', 0, 3)).toBe('日 ');
  expect(cutCells('日本', 1, 3)).toBe(' 本');
});

test('a fitted text has exactly the width asked for, whatever is in it', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (given, width) => {
      expect(cellWidth(fitText(given, width, '…'))).toBe(width);
    }),
  );
});

test('what is cut off is marked', () => {
  expect(fitText('abcdef', 4, '…')).toBe('abc…');
  expect(fitText('ab', 4, '…')).toBe('ab  ');
});
