import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import type { DrawContext } from '../../tui/widgets/draw-context.ts';
import { drawSections } from '../../tui/widgets/draw-sections.ts';
import { line, lineWidth, plainText } from '../../tui/widgets/line.ts';
import type { ListSection, PageSection, Section } from '../../tui/widgets/section.ts';
import { table } from '../../tui/widgets/table.ts';

const context = (changes: Partial<DrawContext> = {}): DrawContext => ({
  width: 30,
  glyphs: unicodeGlyphs,
  focus: 'list',
  places: {},
  ...changes,
});

function list(count: number, changes: Partial<ListSection> = {}): ListSection {
  return {
    kind: 'list',
    id: 'list',
    count,
    min: 2,
    keyOf: (index) => `key ${index}`,
    row: (index) => line(`row ${index}`),
    empty: ['nothing here'],
    ...changes,
  };
}

const rowsOf = (sections: readonly Section[], height: number, given = context()) =>
  drawSections(sections, height, given).lines.map((one) => plainText(one).trimEnd());

describe('a list', () => {
  test('marks the selected row and only draws what is visible', () => {
    const drawn: number[] = [];
    const rows = rowsOf(
      [
        list(1_000_000, {
          row: (index) => {
            drawn.push(index);
            return line(`row ${index}`);
          },
        }),
      ],
      3,
      context({ places: { list: { selected: 500, top: 499 } } }),
    );
    expect(rows).toEqual(['  row 499', '> row 500', '  row 501']);
    expect(drawn).toEqual([499, 500, 501]);
  });

  test('follows the selected thing when rows come in above it', () => {
    const place = { list: { selected: 0, top: 0, key: 'key 2' } };
    expect(rowsOf([list(5)], 5, context({ places: place }))[2]).toBe('> row 2');
  });

  test('moves its window only when the selection would leave it', () => {
    const top = (selected: number) =>
      drawSections([list(100)], 10, context({ places: { list: { selected, top: 20 } } })).areas[
        'list'
      ]?.top;
    expect([20, 25, 29, 30, 19].map(top)).toEqual([20, 20, 20, 21, 19]);
  });

  test('says what to do when it is empty', () => {
    expect(rowsOf([list(0)], 2)).toEqual(['  nothing here', '']);
  });
});

test('a page that follows stands at its end until it is moved', () => {
  const page: PageSection = {
    kind: 'page',
    id: 'log',
    min: 1,
    follow: true,
    lines: () => Array.from({ length: 9 }, (_, n) => line(`line ${n}`)),
  };
  expect(rowsOf([page], 2)[1]).toBe('line 8');
  const moved = context({ places: { log: { selected: 0, top: 0 } } });
  expect(rowsOf([page], 2, moved)[0]).toBe('line 0');
});

test('in a low window the least important lines go first', () => {
  const sections: readonly Section[] = [
    { kind: 'lines', lines: [line('keep')] },
    { kind: 'lines', lines: [line('second')], drop: 1 },
    { kind: 'lines', lines: [line('first')], drop: 2 },
    list(5),
  ];
  expect(rowsOf(sections, 5)[2]).toBe('first');
  expect(rowsOf(sections, 4)).toEqual(['keep', 'second', '> row 0', '  row 1']);
  expect(rowsOf(sections, 3)).toEqual(['keep', '> row 0', '  row 1']);
});

test('whatever the sections, exactly the height and the width asked for are drawn', () => {
  const section = fc.oneof(
    fc.constant<Section>(list(50)),
    fc.integer({ min: 0, max: 9 }).map(
      (count): Section => ({
        kind: 'lines',
        lines: Array.from({ length: count }, () => line('a rather long line of words, cut')),
        drop: 1,
      }),
    ),
    fc.constant<Section>({
      kind: 'field',
      id: 'field',
      label: 'A field',
      value: { text: 'a text that is longer than its field', caret: 9 },
    }),
  );
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 5 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 20, max: 90 }),
      fc.constantFrom('list', 'field', undefined),
      (sections, height, width, focus) => {
        const { lines } = drawSections(sections, height, context({ width, focus }));
        expect(lines).toHaveLength(height);
        expect(new Set(lines.map(lineWidth))).toEqual(new Set([width]));
      },
    ),
  );
});

test('a table drops its less important columns where the rest has no room', () => {
  const columns = table(
    [
      { title: 'NAME', width: 'rest', min: 10 },
      { title: 'SIZE', width: 6, align: 'right' },
      { title: 'WHERE', width: 8, drop: 1 },
    ],
    '…',
  );
  expect(plainText(columns.row(['a', '1 MiB', 'local'], 30))).toBe(
    'a              1 MiB  local   ',
  );
  expect(plainText(columns.row(['a', '1 MiB', 'local'], 20))).toBe('a              1 MiB');
});
