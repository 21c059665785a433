import type { Glyphs, Tone } from '../theme/theme.ts';
import { fitText } from './cells.ts';
import { type Line, span } from './line.ts';
import { plot, plotColumns, type Sample, valuesOver } from './plot.ts';

/** A plot over a time, with the highest figure in words at its left, and what its ends are below. */
export interface TimePlot {
  readonly samples: readonly Sample[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** The figure that reaches the top; absent: the highest there is. */
  readonly most?: number | undefined;
  readonly wordOf: (value: number) => string;
  readonly from: string;
  readonly until: string;
  readonly tone?: Tone;
}

const labelCells = 10;

/** Rows that a plot takes, its words below included. */
export function plotLines(
  chart: TimePlot,
  width: number,
  height: number,
  glyphs: Glyphs,
): readonly Line[] {
  const cells = Math.max(1, width - labelCells - 1);
  const columns = plotColumns(cells, glyphs);
  const values = valuesOver(chart.samples, chart.fromMs, chart.untilMs, columns);
  const most = chart.most ?? Math.max(0, ...values.map((value) => value ?? 0));
  const rows = plot(values, height, most, glyphs);
  const label = (row: number): string =>
    row === 0 ? chart.wordOf(most) : row === height - 1 ? chart.wordOf(0) : '';
  const lines = rows.map(
    (text, row): Line => [
      span(`${rightAligned(label(row), glyphs)}${glyphs.vertical}`, 'muted'),
      span(text, chart.tone ?? 'accent'),
    ],
  );
  const gap = Math.max(1, cells - chart.from.length - chart.until.length);
  const below = `${' '.repeat(labelCells + 1)}${chart.from}${' '.repeat(gap)}${chart.until}`;
  return [...lines, [span(fitText(below, width, glyphs.ellipsis), 'muted')]];
}

function rightAligned(text: string, { ellipsis }: Glyphs): string {
  return fitText(text, labelCells, ellipsis).trimEnd().padStart(labelCells);
}
