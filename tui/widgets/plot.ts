import type { Glyphs } from '../theme/theme.ts';

/** A figure at a moment. */
export interface Sample {
  readonly atMs: number;
  readonly value: number;
}

/** A figure of the time [fromMs, untilMs) for each of so many columns; between two samples the earlier one holds. */
export function valuesOver(
  samples: readonly Sample[],
  fromMs: number,
  untilMs: number,
  columns: number,
): readonly (number | undefined)[] {
  const step = (untilMs - fromMs) / columns;
  let next = 0;
  let last: number | undefined;
  return Array.from({ length: columns }, (_, column) => {
    const endMs = fromMs + (column + 1) * step;
    for (let sample = samples[next]; sample !== undefined; sample = samples[next]) {
      if (sample.atMs > endMs) break;
      last = sample.value;
      next++;
    }
    return last;
  });
}

const fullBraille = '⣿';

function isBraille({ plot: full }: Glyphs): boolean {
  return full === fullBraille;
}

/** Columns that a plot of so many cells has. */
export function plotColumns(cells: number, glyphs: Glyphs): number {
  return isBraille(glyphs) ? cells * 2 : cells;
}

/**
 * Values as columns that stand on the lowest of `height` rows, top row first. Braille gives two columns a cell and
 * four steps a row; else a sign a column and two steps a row. A value above 0 is never so low that it is not seen.
 */
export function plot(
  values: readonly (number | undefined)[],
  height: number,
  most: number,
  glyphs: Glyphs,
): readonly string[] {
  const steps = isBraille(glyphs) ? 4 : 2;
  const levels = values.map((value) => levelOf(value, most, height * steps));
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * steps;
    const inRow = levels.map((level) => Math.max(0, Math.min(steps, level - below)));
    return isBraille(glyphs) ? brailleRow(inRow) : inRow.map((level) => asciiSigns[level]).join('');
  });
}

function levelOf(value: number | undefined, most: number, steps: number): number {
  if (value === undefined || value <= 0 || most <= 0) return 0;
  return Math.max(1, Math.min(steps, Math.round((value / most) * steps)));
}

const asciiSigns = [' ', '.', '#'];

/** Dots of the left and the right column of a cell, from the lowest up. Source: Unicode 16, block U+2800. */
const leftDots = [0x40, 0x04, 0x02, 0x01];
const rightDots = [0x80, 0x20, 0x10, 0x08];
const emptyBraille = 0x2800;

function brailleRow(levels: readonly number[]): string {
  return Array.from({ length: Math.ceil(levels.length / 2) }, (_, cell) => {
    const left = dots(leftDots, levels[2 * cell] ?? 0);
    const sign = left + dots(rightDots, levels[2 * cell + 1] ?? 0);
    // A blank is in every font, and goes over the line in one byte.
    return sign === 0 ? ' ' : String.fromCharCode(emptyBraille + sign);
  }).join('');
}

function dots(column: readonly number[], level: number): number {
  return column.slice(0, level).reduce((sum, dot) => sum + dot, 0);
}
