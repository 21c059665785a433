import { describe, expect, test } from 'vitest';
import type { ListView } from '../../tui/store/list-view.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { buildList } from '../../tui/widgets/build-list.ts';
import { drawList } from '../../tui/widgets/draw-list.ts';
import { plainText, span } from '../../tui/widgets/line.ts';

interface Fruit {
  readonly name: string;
  readonly grams: number;
  readonly kind?: string;
}

const fruits: readonly Fruit[] = [
  { name: 'pear', grams: 180, kind: 'pome' },
  { name: 'plum 10', grams: 66, kind: 'stone' },
  { name: 'Apple', grams: 90, kind: 'pome' },
  { name: 'plum 9', grams: 1_000 },
];

function listOf(view: ListView = {}, filtering?: string) {
  const ui = { lists: { fruits: view }, ...(filtering === undefined ? {} : { filtering }) };
  return buildList<Fruit>(
    { ui, glyphs: unicodeGlyphs },
    {
      id: 'fruits',
      rows: fruits,
      columns: [
        { id: 'name', title: 'NAME', width: 'rest', cell: ({ name }) => name },
        {
          id: 'weight',
          title: 'WEIGHT',
          width: 8,
          align: 'right',
          cell: ({ grams }) => span(`${grams} g`),
          sortBy: ({ grams }) => grams,
        },
        { id: 'kind', title: 'KIND', width: 6, extra: true, cell: ({ kind = '' }) => kind },
      ],
      keyOf: ({ name }) => name,
      min: 3,
      markable: true,
      copies: ({ name }) => [{ title: 'id', text: `#${name}` }],
      empty: ['No fruit.'],
    },
  );
}

const names = (view: ListView): readonly string[] => listOf(view).shown.map(({ name }) => name);
const filter = (text: string): ListView => ({ filter: { text, caret: text.length } });
const sort = (column: string, descending = false): ListView => ({ sort: { column, descending } });

describe('a filter', () => {
  test('keeps rows that have all its words, whatever their case and wherever they stand', () => {
    expect(names(filter('PLUM 66'))).toEqual(['plum 10']);
    expect(names(filter('plum'))).toEqual(['plum 10', 'plum 9']);
  });

  test('with the name of a column looks in that one only, shown or not', () => {
    expect(names(filter('kind:pome'))).toEqual(['pear', 'Apple']);
    expect(names(filter('we:90'))).toEqual(['Apple']);
    expect(names(filter('what:90'))).toEqual([]);
  });

  test('that nothing passes says so, and how to see all', () => {
    const list = listOf(filter('nut'));
    expect(list.empty).toEqual(['Nothing matches "nut". Esc shows all.']);
    expect(list.tools?.total).toBe(4);
  });
});

describe('the order', () => {
  test('is that of values where a column has them, and of texts with their numbers else', () => {
    expect(names(sort('weight'))).toEqual(['plum 10', 'Apple', 'pear', 'plum 9']);
    expect(names(sort('name'))).toEqual(['Apple', 'pear', 'plum 9', 'plum 10']);
  });

  test('turned round leaves rows without a value at the end', () => {
    expect(names(sort('kind', true))).toEqual(['plum 10', 'pear', 'Apple', 'plum 9']);
    expect(names(sort('kind'))).toEqual(['pear', 'Apple', 'plum 10', 'plum 9']);
  });
});

describe('as it is drawn', () => {
  const drawn = (view: ListView, typing?: string): readonly string[] =>
    drawList(listOf(view, typing), 6, {
      width: 40,
      glyphs: unicodeGlyphs,
      focus: 'fruits',
      places: {},
    }).lines.map((line) => plainText(line).trimEnd());

  test('marks stand beside the arrow of the selected row, and are counted', () => {
    expect(drawn({ marks: ['pear', 'Apple'] })).toEqual([
      '  2 marked',
      '  NAME                            WEIGHT',
      '>*pear                             180 g',
      '  plum 10                           66 g',
      ' *Apple                             90 g',
      '  plum 9                          1000 g',
    ]);
  });

  test('the sign of the order takes no cell from its column', () => {
    expect(drawn(sort('name', true))[0]).toBe('  NAME↓                           WEIGHT');
    const clicks = drawList(listOf(), 6, {
      width: 40,
      glyphs: unicodeGlyphs,
      focus: undefined,
      places: {},
    }).lines[0]?.flatMap(({ action }) => (action === undefined ? [] : [action.args?.['column']]));
    expect(clicks).toEqual(['name', 'name', 'weight']);
  });

  test('a column that was chosen appears, one that was hidden goes', () => {
    expect(drawn({ turned: ['kind', 'name'] })[0]).toBe('    WEIGHT  KIND');
  });

  test('the filter stands above its rows with what it leaves', () => {
    expect(drawn(filter('plum'), 'fruits')[0]).toMatch(/^\/ plum +2 of 4$/);
  });
});

test('of a row its own copies, all of it, and each cell can be copied', () => {
  expect(listOf().tools?.copies(1)).toEqual([
    { title: 'id', text: '#plum 10' },
    { title: 'the row', text: 'plum 10  66 g  stone' },
    { title: 'NAME', text: 'plum 10' },
    { title: 'WEIGHT', text: '66 g' },
    { title: 'KIND', text: 'stone' },
  ]);
});
