import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layout } from '../../tui/workbench/layout.ts';

test.each([
  [120, 40, 'wide'],
  [100, 28, 'wide'],
  [80, 24, 'compact'],
  [60, 15, 'narrow'],
  [40, 10, 'narrow'],
  [39, 10, 'too-small'],
  [40, 9, 'too-small'],
  [30, 8, 'too-small'],
])('%i by %i is %s', (columns, rows, kind) => {
  expect(layout(columns, rows, undefined).kind).toBe(kind);
});

test('the panel is open by itself only where there is room', () => {
  expect(layout(120, 40, undefined).panelRows).toBeGreaterThan(0);
  expect(layout(80, 24, undefined).panelRows).toBe(0);
  expect(layout(80, 24, true).panelRows).toBeGreaterThan(0);
  expect(layout(120, 40, false).panelRows).toBe(0);
});

test('at any size the parts fill the window exactly, and the editor has room', () => {
  const size = fc.record({
    columns: fc.integer({ min: 40, max: 400 }),
    rows: fc.integer({ min: 10, max: 200 }),
    panel: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(size, ({ columns, rows, panel }) => {
      const { tabRows, editorRows, panelRows, sideColumns } = layout(columns, rows, panel);
      // Title bar, line of hints, status bar.
      expect(3 + tabRows + editorRows + panelRows).toBe(rows);
      expect(editorRows).toBeGreaterThanOrEqual(3);
      expect(columns - sideColumns).toBeGreaterThanOrEqual(40);
    }),
  );
});
