import { expect, test } from 'vitest';
import { asciiGlyphs, unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { plot, valuesOver } from '../../tui/widgets/plot.ts';
import { plotLines } from '../../tui/widgets/plot-lines.ts';

test('in Braille two values share a cell, and four steps a row', () => {
  expect(plot([1, 2, 3, 4, 5, 6, 7, 8], 2, 8, unicodeGlyphs)).toEqual(['  ⣠⣾', '⣠⣾⣿⣿']);
});

test('without Unicode each value has a sign, and a row two steps', () => {
  expect(plot([0, 1, 2, 3, 4], 2, 4, asciiGlyphs)).toEqual(['   .#', ' .###']);
});

test('a figure above nothing is seen, however small; what is unknown and what is nothing is not', () => {
  expect(plot([1, 0, undefined, 1_000_000], 1, 1_000_000, asciiGlyphs)).toEqual(['.  #']);
  expect(plot([3, 2], 1, 0, asciiGlyphs)).toEqual(['  ']);
});

test('between two samples the earlier one holds, and before the first nothing does', () => {
  const samples = [
    { atMs: 20, value: 5 },
    { atMs: 59, value: 1 },
    { atMs: 60, value: 7 },
  ];
  expect(valuesOver(samples, 0, 100, 5)).toEqual([5, 5, 7, 7, 7]);
  expect(valuesOver(samples, 0, 100, 10)[0]).toBeUndefined();
});

test('a plot has its highest figure at its left and its time below, in the given width', () => {
  const lines = plotLines(
    {
      samples: [0, 1, 2, 3].map((n) => ({ atMs: n, value: n * 10 })),
      fromMs: 0,
      untilMs: 4,
      wordOf: (value) => `${value} B`,
      from: 'then',
      until: 'now',
    },
    24,
    3,
    asciiGlyphs,
  ).map(plainText);
  expect(lines).toEqual([
    '      30 B|         ####',
    '          |      #######',
    '       0 B|   ##########',
    '           then      now',
  ]);
});
