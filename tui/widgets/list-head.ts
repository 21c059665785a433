import { texts } from '../texts/texts.ts';
import type { DrawContext } from './draw-context.ts';
import { drawInput } from './draw-field.ts';
import { clickable, fitLine, type Line, lineWidth, span } from './line.ts';
import type { ListSection } from './section.ts';

const words = texts.lists;
const widestFilter = 40;

/** Rows above the rows: title, what is filtered and marked, titles of the columns. */
export function headRows(list: ListSection): number {
  return [list.title !== undefined, hasToolLine(list), list.header !== undefined].filter(Boolean)
    .length;
}

export function hasToolLine({ tools }: ListSection): boolean {
  if (tools === undefined) return false;
  const { filter, typing, marked, sorted } = tools;
  return typing || (filter?.text ?? '') !== '' || marked > 0 || sorted !== undefined;
}

/** "/ diff verified     12 of 412   3 marked". */
export function toolLine(list: ListSection, context: DrawContext): Line {
  const { tools } = list;
  if (tools === undefined) return [];
  const { filter, typing, total, marked, sorted } = tools;
  const isOpen = typing || (filter?.text ?? '') !== '';
  const facts = [
    ...(isOpen ? [words.matching(list.count, total)] : []),
    ...(marked > 0 ? [words.marked(marked)] : []),
    ...(sorted === undefined ? [] : [sorted]),
  ].join('   ');
  if (!isOpen) return [span(`  ${facts}`, 'muted')];
  const { width, focus, glyphs } = context;
  const cells = Math.max(8, Math.min(widestFilter, width - facts.length - 7));
  const focused = typing && focus === list.id;
  const value = filter ?? { text: '', caret: 0 };
  const input = drawInput(value, cells, focused, glyphs.ellipsis, words.filterHere);
  const row: Line = [span('/ ', 'key'), ...input, span(`   ${facts}`, 'muted')];
  const opened = clickable(row, { command: 'list.filter', args: { list: list.id } });
  return lineWidth(opened) > width ? fitLine(opened, width, glyphs.ellipsis) : opened;
}
