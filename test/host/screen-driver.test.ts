import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../tui/host/screen-cell.ts';
import { createScreenDriver, type ScreenRow } from '../../tui/host/screen-driver.ts';
import { createTheme } from '../../tui/theme/create-theme.ts';
import type { Tone } from '../../tui/theme/theme.ts';
import { fitLine, type Line } from '../../tui/widgets/line.ts';
import { screenRows } from '../../tui/widgets/screen-rows.ts';
import { createScreenTerminal, type ScreenTerminal } from '../support/screen-terminal.ts';
import { until } from '../support/until.ts';

const theme = createTheme({ theme: 'terminal', ascii: 'off' }, { depth: '16', unicode: true });
const columns = 30;
const tones: readonly Tone[] = ['plain', 'muted', 'selected', 'bar', 'error', 'input', 'heading'];

const spans = fc.record({
  text: fc.oneof(
    fc.constantFrom('clinic 2026', '', ' ', '              ', '────', 'ok', '✓ done', 'Größe'),
    // Two cells, marks of their own, signs about which terminals differ, right to left.
    fc.constantFrom('漢字', 'é́', '👍 up', '✅', 'سلام', 'ÿ한'),
  ),
  tone: fc.constantFrom(...tones),
});
const lines = fc.array(spans, { maxLength: 5 }).map((line): Line => fitLine(line, columns, '…'));
const screens = fc.array(fc.array(lines, { minLength: 6, maxLength: 6 }), { maxLength: 6 });

/** Everything that was written is on the screen. */
async function settled({ output }: ScreenTerminal): Promise<void> {
  await until(() => output.writableLength === 0, 5_000);
}

test('a screen changed step by step looks as one that was written at once', async () => {
  await fc.assert(
    fc.asyncProperty(screens, async (steps) => {
      const final = steps.at(-1) ?? [];
      const stepwise = createScreenTerminal(columns, 6);
      const driver = createScreenDriver(stepwise.output);
      for (const step of steps) driver.paint(screenRows(theme, step), columns);
      const atOnce = createScreenTerminal(columns, 6);
      createScreenDriver(atOnce.output).paint(screenRows(theme, final), columns);
      await Promise.all([settled(stepwise), settled(atOnce)]);
      expect(stepwise.looks()).toEqual(atOnce.looks());
    }),
    { numRuns: 150 },
  );
});

/** A driver, and what it wrote since the last look. */
function recorded(): ReturnType<typeof createScreenDriver> & { readonly take: () => string } {
  const written: string[] = [];
  const driver = createScreenDriver({ write: (text) => written.push(text) });
  return { ...driver, take: () => written.splice(0).join('').replaceAll('\u001B', '^') };
}

describe('what is written', () => {
  const row = (text: string, style = ''): ScreenRow => ({
    key: style + text,
    cells: () => text.split('').map((cell): Cell => ({ text: cell, style })),
  });
  const written = (before: readonly ScreenRow[], after: readonly ScreenRow[]): string => {
    const driver = recorded();
    driver.paint(before, 40);
    driver.take();
    driver.paint(after, 40);
    return driver.take();
  };

  test('nothing, when nothing changed', () => {
    expect(written([row('one'), row('two')], [row('one'), row('two')])).toBe('');
  });

  test('only the cells that changed, with the way between them', () => {
    expect(written([row('job 17: 41 %')], [row('job 18: 42 %')])).toBe('^[1;6H8: 42');
    expect(written([row('a-----------------b')], [row('c-----------------d')])).toBe('^[1Hc^[17Cd');
  });

  test('one erasing for a row that became shorter', () => {
    expect(written([row('a long message')], [row('a')])).toBe('^[1;2H^[K');
  });

  test('what stands behind signs of unsure width is put at its column', () => {
    const cells = ['漢', '', '字', '', ' ', 'o', 'k'];
    const unsure: ScreenRow = {
      key: 'unsure',
      cells: () => cells.map((text): Cell => ({ text, style: '' })),
    };
    expect(written([row('')], [unsure])).toBe('^[1H^[K漢字^[1;5H ok');
  });

  test('a style once for its cells, and the plain one at the end', () => {
    expect(written([row('one')], [row('one', '7')])).toBe('^[1H^[7mone^[m');
  });

  test('everything, after somebody else wrote to the terminal', () => {
    const driver = recorded();
    driver.paint([row('one')], 40);
    const first = driver.take();
    driver.forget();
    driver.paint([row('one')], 40);
    expect(driver.take()).toBe(first);
  });
});
