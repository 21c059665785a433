import { type HelpRow, topicRows } from '../../commands/help/topic-rows.ts';
import { findTopic } from '../../commands/help/topics.ts';
import type { Model } from '../../screens/bench.ts';
import type { HelpState } from '../../store/overlay-state.ts';
import { texts } from '../../texts/texts.ts';
import type { Areas } from '../../widgets/draw-context.ts';
import { drawPage } from '../../widgets/draw-page.ts';
import { framedBox } from '../../widgets/framed-box.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { PlacedBlock } from '../placed-block.ts';

const helpTexts = texts.help;

export const helpPage = 'help.page';
const widest = 96;

/** A topic as a page over the screen, with the place where it was scrolled to. */
export function drawHelp(
  model: Model,
  { topic: id }: HelpState,
): PlacedBlock & { readonly areas: Areas } {
  const { columns, rows, glyphs, ui } = model;
  const topic = findTopic(id);
  const width = Math.min(widest, columns - 2);
  const inner = width - 4;
  const height = Math.max(1, rows - 5);
  const page = {
    kind: 'page' as const,
    id: helpPage,
    min: 1,
    lines: (cells: number) => topicRows(topic?.body ?? '', cells, wordWrap).map(rowLine),
  };
  const drawn = drawPage(page, height, {
    width: inner,
    glyphs,
    focus: helpPage,
    places: ui.places,
  });
  const close = span(`[ ${helpTexts.back} ]`, 'strong', { command: 'overlay.close' });
  const foot: Line = [close, span(`  ${helpTexts.scroll}`, 'muted')];
  const title = `${helpTexts.group}: ${topic?.title ?? id}`;
  const lines = framedBox(title, [...drawn.lines, foot], width, glyphs, 'accent');
  return {
    lines,
    column: Math.floor((columns - width) / 2),
    row: 1,
    areas: drawn.areas,
  };
}

function rowLine({ kind, text }: HelpRow): Line {
  switch (kind) {
    case 'heading':
      return line(text, 'heading');
    case 'code':
      return line(text, 'key');
    case 'text':
    case 'blank':
      return line(text);
    default:
      return kind satisfies never;
  }
}
