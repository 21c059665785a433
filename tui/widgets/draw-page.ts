import type { DrawContext, Drawn } from './draw-context.ts';
import { emptyLine, fitLine, inArea, span } from './line.ts';
import type { PageSection } from './section.ts';

/** The visible rows of a text, in exactly `height` lines, with a sign where more lies above or below. */
export function drawPage(page: PageSection, height: number, context: DrawContext): Drawn {
  const { width, glyphs } = context;
  const all = page.lines(width - 2);
  const last = Math.max(0, all.length - height);
  const place = context.places[page.id];
  const top = page.follow && place === undefined ? last : Math.min(place?.top ?? 0, last);
  const lines = Array.from({ length: height }, (_, row) => {
    const text = all[top + row] ?? emptyLine;
    return [...fitLine(text, width - 2, glyphs.ellipsis), span(` ${sign(row)}`, 'muted')];
  });
  function sign(row: number): string {
    if (row === 0 && top > 0) return glyphs.up;
    if (row === height - 1 && top < last) return glyphs.down;
    return ' ';
  }
  return {
    lines: lines.map((one) => inArea(one, page.id)),
    areas: {
      [page.id]: { kind: 'page', rows: height, count: all.length, top, selected: top },
    },
  };
}
