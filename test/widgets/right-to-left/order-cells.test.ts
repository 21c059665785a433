import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../tui/host/screen-cell.ts';
import { createTheme } from '../../../tui/theme/create-theme.ts';
import { drawInput } from '../../../tui/widgets/draw-field.ts';
import { cutLine, fitLine, type Line, line, span } from '../../../tui/widgets/line.ts';
import { markedCells, visualCells } from '../../../tui/widgets/right-to-left/order-cells.ts';
import { type CellOrder, screenRows } from '../../../tui/widgets/screen-rows.ts';

const theme = createTheme({ theme: 'terminal', ascii: 'off' }, { depth: '16', unicode: true });

function cellsOf(spans: Line, order?: CellOrder): readonly Cell[] {
  return screenRows(theme, [spans], order)[0]?.cells() ?? [];
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}

/** Letter signs as the letters they are, which is easier to read here. */
function seen(text: string): string {
  return textOf(cellsOf(line(text), visualCells)).normalize('NFKC');
}

/** Words are written here as they are read; what is seen of them is the other way round. */
function turned(text: string): string {
  return Array.from(text).reverse().join('');
}

describe('what Kedge orders', () => {
  test('goes from right to left, with Latin names, paths and amounts as they are', () => {
    expect(seen('بازیابی نسخه')).toBe(turned('بازیابی نسخه'));
    expect(seen('ساخت clinic_2026-11-21T02-00-00+0330_full.tar.zst تمام شد')).toBe(
      `${turned('تمام شد')} clinic_2026-11-21T02-00-00+0330_full.tar.zst ${turned('ساخت')}`,
    );
    expect(seen('نسخه در /mnt/backup/ است.')).toBe(
      `.${turned('است')} /mnt/backup/ ${turned('نسخه در')}`,
    );
    expect(seen('حجم (۱۲٫۵ MiB) شد')).toBe(`${turned('شد')} (۱۲٫۵ MiB) ${turned('حجم')}`);
  });

  test('is a sentence from the right though it begins with a name', () => {
    expect(seen('clinic در حال کپی')).toBe(`${turned('در حال کپی')} clinic`);
  });

  test('is a sentence from the left that names something from the right', () => {
    expect(seen('copied گزارش to the share')).toBe(`copied ${turned('گزارش')} to the share`);
  });

  test('leaves the folders of a path in their order', () => {
    expect(seen('/srv/گزارش/۱۴۰۵/ماه.txt')).toBe(
      `/srv/${turned('گزارش')}/۱۴۰۵/${turned('ماه')}.txt`,
    );
  });

  test('is a sentence from the right though it begins with a path', () => {
    expect(seen('/mnt/backup: حدود ۳٫۴ MiB')).toBe(`۳٫۴ MiB ${turned('حدود')} :/mnt/backup`);
  });

  test('reads a date before its time', () => {
    expect(seen('تا ۱۴۰۵/۰۹/۰۱ ۱۴:۰۰')).toBe('۱۴:۰۰ ۱۴۰۵/۰۹/۰۱ ات');
  });

  test('turns brackets and arrows round', () => {
    expect(seen('یک → (دو)')).toBe(`(${turned('دو')}) ← ${turned('یک')}`);
  });

  test('leaves columns, drawn lines, signs and blanks where they are', () => {
    expect(seen('│ ● درست    ✓ خوب  │')).toBe(`│ ● ${turned('درست')}    ✓ ${turned('خوب')}  │`);
    const row: Line = [span('یک  '), span('دو'), span('سه')];
    expect(textOf(cellsOf(row, visualCells)).normalize('NFKC')).toBe(
      `${turned('یک')}  ${turned('دو')}${turned('سه')}`,
    );
  });

  test('has the ellipsis where the reading ends', () => {
    expect(textOf(cellsOf(fitLine(line('درد بود'), 4, '…'), visualCells))).toBe('…ﺩﺭﺩ');
  });

  test('has the caret in front of the text and at its end, and letters joined across it', () => {
    const field = (caret: number): readonly Cell[] =>
      cellsOf(drawInput({ text: 'بیت', caret }, 6, true, '…'), visualCells);
    const caretAt = (caret: number): number =>
      field(caret).findIndex(({ style }) => style.split(';').includes('7'));
    expect([caretAt(0), caretAt(1), caretAt(3)]).toEqual([2, 1, 0]);
    expect(textOf(field(1)).trim()).toBe('ﺖﯿﺑ');
  });

  test('is nothing where there is nothing from the right', () => {
    const cells = cellsOf(line('copied 12 MiB → /mnt, ۱۴:۰۰'));
    expect(visualCells.order([cells])).toEqual(cells);
    expect(textOf(visualCells.order([cellsOf(line('۱۴:۰۰'))]))).toBe('۱۴:۰۰');
  });
});

describe('letters', () => {
  const shaped = (text: string): string =>
    turned(textOf(cellsOf(line(text), visualCells)).trimEnd());

  test('have the signs that they have beside their neighbours', () => {
    expect(shaped('بیت')).toBe('\uFE91\uFBFF\uFE96');
    expect(shaped('پژگچک')).toBe('\uFB58\uFB8B\uFB94\uFB7D\uFB8F');
    expect(shaped('درد')).toBe('\uFEA9\uFEAD\uFEA9');
  });

  test('are not joined across a non-joiner, which takes no cell and is not written', () => {
    expect(shaped('می\u200Cرود')).toBe('\uFEE3\uFBFD\uFEAD\uFEED\uFEA9');
  });

  test('are one sign where lam and alef meet, and the row keeps its width', () => {
    expect(textOf(cellsOf(line('سلام|'), visualCells))).toBe('|\uFEE1\uFEFC\uFEB3 ');
    expect(textOf(cellsOf(line('لا '), visualCells))).toBe('\uFEFB  ');
  });

  test('keep their marks', () => {
    const [first, second] = cellsOf(line('نسخهٔ'), visualCells);
    expect([first?.text, second?.text]).toEqual(['\uFEEA\u0654', '\uFEA8']);
  });
});

describe('what the terminal orders', () => {
  test('stays as it is read, with pieces told apart', () => {
    const text = textOf(cellsOf(line('نسخهٔ a.zst  سالم  ok'), markedCells));
    expect(text).toBe('ن\u202Bسخهٔ \u202Aa.zst\u202C\u200F\u202C\u200E  \u202Bسالم\u202C\u200E  ok');
  });
});

const texts = fc.array(
  fc.oneof(
    fc.constantFrom('سلام', 'لا', 'کامل', 'می‌شود', 'نسخهٔ', '۱۲٫۵', ' ', '  ', '/', '(', ')', '→'),
    fc.constantFrom('clinic', '12 MiB', '漢字', '👍', '│', '● ', 'é', '…', 'שלום', '«', '\u064E'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  ),
  { maxLength: 12 },
);
const tones = fc.constantFrom('plain', 'input', 'caret', 'selected');
const rows = fc.array(
  fc.record({ text: texts.map((all) => all.join('')), tone: tones, joins: fc.boolean() }),
  {
    maxLength: 5,
  },
);

test('every row has exactly its columns, and every wide sign both of its cells', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 40 }), fc.nat(10), (spans, width, start) => {
      const row = fitLine(cutLine(spans, start, 60), width, '…');
      const plain = cellsOf(row);
      for (const order of [visualCells, markedCells]) {
        const ordered = cellsOf(row, order);
        expect(ordered).toHaveLength(plain.length);
        expect(halves(ordered)).toBe(halves(plain));
        expect(letters(ordered)).toEqual(letters(plain));
      }
    }),
    { numRuns: 1_000 },
  );
});

/** Cells that are the right half of the sign before them; -1 where one stands alone. */
function halves(cells: readonly Cell[]): number {
  const count = cells.filter(({ text }) => text === '').length;
  const alone = cells.some(({ text }, at) => text === '' && !isWide(cells[at - 1]?.text));
  return alone ? -1 : count;
}

function isWide(text: string | undefined): boolean {
  return /[\u1100-\uFB00\uFE30-\uFE6F\uFF00-\uFFE6]|[\u{10000}-\u{10FFFF}]/u.test(text ?? '');
}

/** All letters and digits, whatever their order: nothing is lost, nothing is made up. */
function letters(cells: readonly Cell[]): readonly string[] {
  return Array.from(
    textOf(cells)
      .normalize('NFKC')
      .replace(/[^\p{L}\p{Nd}]/gu, ''),
  ).sort();
}
