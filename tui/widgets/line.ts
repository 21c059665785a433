import type { Action } from '../store/action.ts';
import { paint, type Theme, type Tone } from '../theme/theme.ts';
import { cellWidth, cutCells } from './cells.ts';

/** A piece of a line in one tone. `action`: what a click does; `area`: the list or page the wheel moves. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
  readonly action?: Action | undefined;
  readonly area?: string | undefined;
  /** Goes on with the text of the span before it: in a language from the right both are ordered as one. */
  readonly joins?: boolean | undefined;
}

/** One row of the screen. Widgets compute lines; only the workbench paints them. */
export type Line = readonly Span[];

export const emptyLine: Line = [];

export function span(text: string, tone?: Tone, action?: Action): Span {
  return { text, tone, action };
}

export function line(text: string, tone?: Tone): Line {
  return [{ text, tone }];
}

export function lineWidth(spans: Line): number {
  return spans.reduce((sum, part) => sum + cellWidth(part.text), 0);
}

/** The cells `start` to `start + width` of a line. */
export function cutLine(spans: Line, start: number, width: number): Line {
  const out: Span[] = [];
  let cell = 0;
  for (const part of spans) {
    const taken = cellWidth(part.text);
    const from = Math.max(0, start - cell);
    const to = Math.min(taken, start + width - cell);
    if (to > from) {
      const whole = from === 0 && to === taken;
      const own = out.length === 0 && part.joins === true ? { ...part, joins: false } : part;
      out.push(whole ? own : { ...own, text: cutCells(part.text, from, to - from) });
    }
    cell += taken;
  }
  return out;
}

/** A line in exactly `width` cells; what is too long ends in the ellipsis. */
export function fitLine(spans: Line, width: number, ellipsis: string, fill?: Tone): Line {
  const taken = lineWidth(spans);
  if (width <= 0) return [];
  if (taken > width) {
    const cut = cutLine(spans, 0, width - 1);
    const last = cut.at(-1);
    const rest = width - 1 - lineWidth(cut);
    return [...cut, { ...last, joins: true, text: ellipsis + ' '.repeat(Math.max(0, rest)) }];
  }
  if (taken === width) return spans;
  return [...spans, { text: ' '.repeat(width - taken), tone: fill }];
}

/** Left part and right part at the ends of a line; the left one gives way. */
export function spread(
  left: Line,
  right: Line,
  width: number,
  ellipsis: string,
  fill?: Tone,
): Line {
  const space = width - lineWidth(right);
  if (space < 1) return fitLine(left, width, ellipsis, fill);
  return [...fitLine(left, space, ellipsis, fill), ...right];
}

/** Every span of a line in one tone, such as that of the selection. */
export function toned(spans: Line, tone: Tone): Line {
  return spans.map((part) => ({ ...part, tone }));
}

/** A line with an action on every span that has none yet. */
export function clickable(spans: Line, action: Action): Line {
  return spans.map((part) => (part.action === undefined ? { ...part, action } : part));
}

export function inArea(spans: Line, area: string): Line {
  return spans.map((part) => (part.area === undefined ? { ...part, area } : part));
}

/** The span under a cell, for the mouse. */
export function spanAt(spans: Line, column: number): Span | undefined {
  let cell = 0;
  for (const part of spans) {
    cell += cellWidth(part.text);
    if (column < cell) return part;
  }
  return undefined;
}

/** The line as the terminal takes it; neighbours in one tone share their codes, which saves bytes. */
export function paintLine(theme: Theme, spans: Line): string {
  let out = '';
  let run = '';
  let tone: Tone = 'plain';
  for (const part of spans) {
    const next = part.tone ?? 'plain';
    if (next !== tone) {
      out += paint(theme, tone, run);
      run = '';
      tone = next;
    }
    run += part.text;
  }
  return out + paint(theme, tone, run);
}

export function plainText(spans: Line): string {
  return spans.map((part) => part.text).join('');
}
