import { expect, test } from 'vitest';
import { asciiGlyphs, unicodeGlyphs } from '../../tui/theme/theme.ts';
import { drawSections } from '../../tui/widgets/draw-sections.ts';
import { line, lineWidth, plainText, span } from '../../tui/widgets/line.ts';
import { type GridDay, monthGrid, monthGridHeight } from '../../tui/widgets/month-grid.ts';
import { textState } from '../../tui/widgets/text-edit.ts';

function day(label: string, changes: Partial<GridDay> = {}): GridDay {
  const action = { command: 'calendar.select', args: { day: label } };
  return { label, marks: [], selected: false, outside: false, off: false, action, ...changes };
}

const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const marks = [span('✓12', 'ok'), span('✗1', 'error'), span('·7')];
const week = [
  day('30', { outside: true }),
  day(' 1', { marks }),
  ...[' 2', ' 3', ' 4', ' 5'].map((label) => day(label)),
  day(' 6', { selected: true, marks: marks.slice(0, 1) }),
];

test('a month stands in seven columns, its marks below the days or behind them', () => {
  const two = { weekdays, weeks: [week], rowsPerWeek: 2 } as const;
  expect(monthGridHeight(two)).toBe(3);
  expect(monthGrid(two, 77, true, unicodeGlyphs).map((row) => plainText(row).trimEnd())).toEqual([
    ' Mo         Tu         We         Th         Fr         Sa         Su',
    ' 30          1          2          3          4          5        > 6',
    '            ✓12 ✗1 ·7                                              ✓12',
  ]);
  const one = { weekdays, weeks: [week], rowsPerWeek: 1 } as const;
  const [, row] = monthGrid(one, 77, true, unicodeGlyphs);
  expect(plainText(row ?? [])).toContain('  1 ✓12✗1·7');
  expect(plainText(row ?? []).trimEnd()).toMatch(/> 6 ✓12$/);
});

test('the weekday on which nobody works is told apart, by its name too', () => {
  const off = [...week.slice(0, 4), day(' 4', { off: true }), ...week.slice(5)];
  const grid = { weekdays, weeks: [off], rowsPerWeek: 1 } as const;
  const accented = monthGrid(grid, 77, true, asciiGlyphs).map((row) =>
    row.filter(({ tone }) => tone === 'accent').map(({ text }) => text.trim()),
  );
  expect(accented).toEqual([['Fr'], ['4']]);
});

test('a day is chosen by a click on any of its rows', () => {
  const grid = { weekdays, weeks: [week], rowsPerWeek: 2 } as const;
  const rows = monthGrid(grid, 77, true, asciiGlyphs).slice(1);
  const clicked = rows.map((row) => row.filter(({ action }) => action?.args?.['day'] === ' 6'));
  expect(clicked.map(lineWidth)).toEqual([11, 11]);
});

test('what lies aside takes its width from all that stands under each other, and never the focus', () => {
  const drawn = drawSections(
    [
      {
        kind: 'field',
        id: 'name',
        label: 'Name',
        value: textState('x'),
        cells: 5,
        note: line('a note'),
      },
      { kind: 'aside', width: 12, lines: (width) => [line('#'.repeat(width)), line('more')] },
      { kind: 'lines', lines: [line('below')] },
    ],
    3,
    { width: 50, glyphs: asciiGlyphs, focus: 'name', places: {} },
  );
  expect(drawn.lines.map((row) => plainText(row).trimEnd())).toEqual([
    '> Name          x      a note         | ##########',
    'below                                 | more',
    '                                      |',
  ]);
});
