import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColourDepth } from '../../tui/theme/colour.ts';
import { createTheme } from '../../tui/theme/create-theme.ts';
import {
  cutLine,
  fitLine,
  type Line,
  line,
  lineWidth,
  paintLine,
  plainText,
  span,
  spanAt,
  spread,
} from '../../tui/widgets/line.ts';
import { besides, layOver } from '../../tui/widgets/overlay.ts';

const spans = fc.array(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => span(text)),
  { maxLength: 5 },
);

test('a fitted line has exactly its width', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 40 }), (given, width) => {
      expect(lineWidth(fitLine(given, width, '~'))).toBe(width);
    }),
  );
});

test('the pieces of a cut line add up to it', () => {
  const whole: Line = [span('abc'), span('def', 'ok'), span('ghi')];
  const left = cutLine(whole, 0, 4);
  const right = cutLine(whole, 4, 99);
  expect(plainText(left)).toBe('abcd');
  expect(plainText(right)).toBe('efghi');
  expect(right[0]?.tone).toBe('ok');
});

test('the right part stays, the left one gives way', () => {
  expect(plainText(spread([span('a long left')], [span('END')], 10, '~'))).toBe('a long~END');
  expect(plainText(spread([span('a')], [span('END')], 10, '~'))).toBe('a      END');
});

test('the span under a cell is found for the mouse', () => {
  const action = { command: 'x' };
  const row: Line = [span('日本'), span('go', 'key', action)];
  expect(spanAt(row, 3)?.text).toBe('日本');
  expect(spanAt(row, 4)?.action).toEqual(action);
  expect(spanAt(row, 6)).toBeUndefined();
});

describe('overlays', () => {
  test('cover exactly their cells', () => {
    const base = [line('..........'), line('..........')];
    const drawn = layOver(base, [line('XX')], 3, 1);
    expect(drawn.map(plainText)).toEqual(['..........', '...XX.....']);
  });

  test('stand where they should over a line that is too short', () => {
    expect(layOver([line('ab')], [line('X')], 4, 0).map(plainText)).toEqual(['ab  X']);
  });

  test('parts stand side by side', () => {
    expect(besides([line('a')], [line('b'), line('c')], 3, '~').map(plainText)).toEqual([
      'a  b',
      '   c',
    ]);
  });
});

describe('colours', () => {
  const themeOf = (depth: ColourDepth) =>
    createTheme({ theme: 'terminal', ascii: 'off' }, { depth, unicode: true });
  const row: Line = [span('a', 'error'), span('b', 'error'), span('c', 'selected'), span('d')];

  test('neighbours of one tone share their codes', () => {
    const painted = paintLine(themeOf('16'), row);
    expect(painted).toBe('\u001B[1;31mab\u001B[0m\u001B[7mc\u001B[0md');
  });

  test('without colours only bold, inverse and underline are left', () => {
    const painted = paintLine(themeOf('none'), row);
    expect(painted).toBe('\u001B[1mab\u001B[0m\u001B[7mc\u001B[0md');
  });
});
