import type { Glyphs, Tone } from '../theme/theme.ts';
import { cellWidth, fitText } from './cells.ts';
import { fitLine, type Line, span } from './line.ts';

/** Lines inside a border with a title, `width` cells wide over all. */
export function framedBox(
  title: string,
  body: readonly Line[],
  width: number,
  glyphs: Glyphs,
  tone: Tone = 'border',
): readonly Line[] {
  const inner = width - 4;
  const label = ` ${fitText(title, Math.min(cellWidth(title), width - 6), glyphs.ellipsis)} `;
  const dashes = Math.max(0, width - 3 - cellWidth(label));
  const top: Line = [
    span(glyphs.topLeft + glyphs.horizontal, tone),
    span(label, 'strong'),
    span(glyphs.horizontal.repeat(dashes) + glyphs.topRight, tone),
  ];
  const bottom: Line = [
    span(glyphs.bottomLeft + glyphs.horizontal.repeat(width - 2) + glyphs.bottomRight, tone),
  ];
  const side = span(glyphs.vertical, tone);
  const rows = body.map(
    (row): Line => [side, span(' '), ...fitLine(row, inner, glyphs.ellipsis), span(' '), side],
  );
  return [fitLine(top, width, glyphs.ellipsis), ...rows, bottom];
}
