import type { Model } from '../../screens/bench.ts';
import { texts } from '../../texts/texts.ts';
import { framedBox } from '../../widgets/framed-box.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { PlacedBlock } from '../placed-block.ts';
import { tourSteps } from './tour-steps.ts';

const words = texts.firstTour;
const widest = 76;
/** Hints and status bar stay to be seen. */
const rowsBelow = 2;

/** The card of a step, low on the screen that it tells of; undefined: there is none now. */
export function drawTour(model: Model): PlacedBlock | undefined {
  const { ui, state, columns, rows, glyphs } = model;
  const step = ui.tour === undefined ? undefined : tourSteps[ui.tour.step];
  // Before anything was read the screens show nothing to tell of.
  if (step === undefined || state.snapshot === undefined) return undefined;
  const { title, body } = words.steps[step.id];
  const width = Math.min(widest, columns - 2);
  const number = tourSteps.indexOf(step) + 1;
  const text = body.flatMap((part) => wordWrap(part, width - 4)).map((row) => line(row));
  const foot: readonly Line[] = [emptyLine, buttons(number), line(words.keys, 'muted')];
  const room = Math.max(1, rows - 4 - foot.length);
  const lines = framedBox(
    words.title(number, tourSteps.length, title),
    [...text.slice(0, room), ...foot],
    width,
    glyphs,
    'accent',
  );
  return {
    lines,
    column: Math.max(0, columns - width - 1),
    row: Math.max(1, rows - rowsBelow - lines.length),
  };
}

function buttons(number: number): Line {
  const next = number === tourSteps.length ? words.done : words.next;
  return [
    span(`>[ ${next} ]`, 'selected', { command: 'tour.next' }),
    span('  '),
    span(`[ ${words.previous} ]`, 'strong', { command: 'tour.previous' }),
    span('  '),
    span(`[ ${words.leave} ]`, 'strong', { command: 'tour.leave' }),
  ];
}
