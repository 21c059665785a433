import { cutLine, fitLine, type Line, lineWidth } from './line.ts';

/** A block of lines laid over others with its left top cell at `column`, `row`. */
export function layOver(
  base: readonly Line[],
  block: readonly Line[],
  column: number,
  row: number,
): readonly Line[] {
  return base.map((under, index) => {
    const over = block[index - row];
    if (over === undefined) return under;
    const width = lineWidth(over);
    const left = fitLine(cutLine(under, 0, column), column, '');
    return [...left, ...over, ...cutLine(under, column + width, Number.MAX_SAFE_INTEGER)];
  });
}

/** Lines side by side, with `width` cells for the left ones. */
export function besides(
  left: readonly Line[],
  right: readonly Line[],
  width: number,
  ellipsis: string,
): readonly Line[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row) => [
    ...fitLine(left[row] ?? [], width, ellipsis),
    ...(right[row] ?? []),
  ]);
}
