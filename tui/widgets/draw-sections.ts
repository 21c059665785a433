import type { Areas, DrawContext, Drawn } from './draw-context.ts';
import { buttonRows, drawButtons, drawChoice, drawField } from './draw-field.ts';
import { drawList } from './draw-list.ts';
import { drawPage } from './draw-page.ts';
import { emptyLine, fitLine, type Line, span } from './line.ts';
import { headRows } from './list-head.ts';
import { besides } from './overlay.ts';
import type { ButtonsSection, ListSection, PageSection, Section } from './section.ts';

type Growing = ListSection | PageSection;

/** Sections one under the other in exactly `height` lines. Lists and pages share what fixed lines leave. */
export function drawSections(
  sections: readonly Section[],
  height: number,
  context: DrawContext,
): Drawn {
  const aside = sections.find((section) => section.kind === 'aside');
  if (aside === undefined) return drawStack(sections, height, context);
  const width = context.width - aside.width;
  const stacked = sections.filter((section) => section !== aside);
  const drawn = drawStack(stacked, height, { ...context, width });
  const beside = aside.lines(aside.width - 2).slice(0, height);
  const divided = Array.from(
    { length: height },
    (_, row): Line => [
      span(`${context.glyphs.vertical} `, 'border'),
      ...(beside[row] ?? emptyLine),
    ],
  );
  return { ...drawn, lines: besides(drawn.lines, divided, width, context.glyphs.ellipsis) };
}

function drawStack(sections: readonly Section[], height: number, context: DrawContext): Drawn {
  const kept = dropUntilFit(sections, height, context.width);
  const heights = shareHeight(kept, height, context);
  const lines: Line[] = [];
  let areas: Areas = {};
  let focusRow = 0;
  for (const [index, section] of kept.entries()) {
    const drawn = drawSection(section, heights[index] ?? 0, context);
    if (hasFocus(section, context.focus)) focusRow = lines.length + (drawn.focusRow ?? 0);
    lines.push(...drawn.lines);
    areas = { ...areas, ...drawn.areas };
  }
  return { lines: windowOf(lines, height, focusRow, context), areas };
}

function isGrowing(section: Section): section is Growing {
  return section.kind === 'list' || section.kind === 'page';
}

function fixedHeight(section: Section, width: number): number {
  if (section.kind === 'buttons') return buttonRows(section.buttons, width);
  if (section.kind === 'lines') return section.lines.length;
  if (section.kind === 'grid') return section.height;
  return isGrowing(section) ? section.min : 1;
}

function dropUntilFit(
  sections: readonly Section[],
  height: number,
  width: number,
): readonly Section[] {
  let kept = sections;
  const total = (): number => kept.reduce((sum, section) => sum + fixedHeight(section, width), 0);
  while (total() > height) {
    const drops = kept.map((section) => (section.kind === 'lines' ? (section.drop ?? 0) : 0));
    const most = Math.max(...drops);
    if (most <= 0) return kept;
    const victim = drops.lastIndexOf(most);
    kept = kept.filter((_, index) => index !== victim);
  }
  return kept;
}

/** Rows of each section: what is left goes to the growing ones, one row at a time in turn. */
function shareHeight(
  sections: readonly Section[],
  height: number,
  context: DrawContext,
): readonly number[] {
  const heights = sections.map((section) => fixedHeight(section, context.width));
  const wanted = sections.map((section) => wantedHeight(section, context));
  let left = height - heights.reduce((sum, rows) => sum + rows, 0);
  while (left > 0) {
    const open = sections.flatMap((section, index) =>
      isGrowing(section) && (heights[index] ?? 0) < (wanted[index] ?? 0) ? [index] : [],
    );
    if (open.length === 0) return heights;
    for (const index of open.slice(0, left)) heights[index] = (heights[index] ?? 0) + 1;
    left -= Math.min(left, open.length);
  }
  return heights;
}

function wantedHeight(section: Section, context: DrawContext): number {
  if (section.kind === 'page') return section.lines(context.width - 2).length;
  if (section.kind !== 'list') return fixedHeight(section, context.width);
  const head = headRows(section);
  const rows = section.count === 0 ? section.empty.length * 2 : section.count;
  return head + Math.min(rows, section.max ?? rows);
}

function drawSection(section: Section, height: number, context: DrawContext): Drawn {
  switch (section.kind) {
    case 'lines':
      return { lines: section.lines, areas: {} };
    case 'field':
      return { lines: [drawField(section, context)], areas: {} };
    case 'choice':
      return { lines: [drawChoice(section, context)], areas: {} };
    case 'buttons':
      return drawButtonRows(section, context);
    case 'list':
      return drawList(section, height, context);
    case 'page':
      return drawPage(section, height, context);
    case 'grid':
      return { lines: section.lines(context.width, context.focus === section.id), areas: {} };
    case 'aside':
      return { lines: [], areas: {} };
    default:
      return section satisfies never;
  }
}

function drawButtonRows({ buttons }: ButtonsSection, context: DrawContext): Drawn {
  const lines = drawButtons(buttons, context);
  const focused = buttons.find(({ id }) => id === context.focus)?.action;
  const focusRow = lines.findIndex((row) => row.some(({ action }) => action === focused));
  return { lines, areas: {}, focusRow: Math.max(0, focusRow) };
}

function hasFocus(section: Section, focus: string | undefined): boolean {
  if (focus === undefined || section.kind === 'lines' || section.kind === 'aside') return false;
  if (section.kind === 'buttons') return section.buttons.some(({ id }) => id === focus);
  return section.id === focus;
}

/** When even the smallest heights are too much, the part around the focus is shown. */
function windowOf(
  lines: readonly Line[],
  height: number,
  focusRow: number,
  context: DrawContext,
): readonly Line[] {
  const top = Math.max(0, Math.min(focusRow - height + 2, lines.length - height));
  return Array.from({ length: height }, (_, row) =>
    fitLine(lines[top + row] ?? emptyLine, context.width, context.glyphs.ellipsis),
  );
}
