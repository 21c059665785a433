import type { ShownLog, ShownLogLine } from '../../store/shown-log.ts';
import { texts } from '../../texts/texts.ts';
import { cellWidth, cutCells } from '../../widgets/cells.ts';
import { type Line, line } from '../../widgets/line.ts';

export interface LogLook {
  readonly filter: string;
  readonly wrap: boolean;
}

interface Made {
  readonly key: string;
  readonly rows: readonly Line[];
}

/** Thousands of rows are not made again for each key that is pressed. */
const made = new WeakMap<readonly ShownLogLine[], Made>();

/** The rows of a log at a width, in the order they were written. */
export function logRows({ lines }: ShownLog, look: LogLook, width: number): readonly Line[] {
  const key = JSON.stringify([look, width]);
  const before = made.get(lines);
  if (before?.key === key) return before.rows;
  const rows = filtered(lines, look.filter).flatMap((text): readonly Line[] =>
    text === null
      ? [line(texts.services.live.missing, 'warning')]
      : look.wrap
        ? wrapped(text, width)
        : [line(text)],
  );
  made.set(lines, { key, rows });
  return rows;
}

/** Those that hold the text, in whatever case. Where lines are missing stays. */
export function filtered(lines: readonly ShownLogLine[], filter: string): readonly ShownLogLine[] {
  const wanted = filter.toLowerCase();
  if (wanted === '') return lines;
  return lines.filter((text) => text === null || text.toLowerCase().includes(wanted));
}

/** Cut at the edge, not between words: columns of a log keep their place. */
function wrapped(text: string, width: number): readonly Line[] {
  const cells = cellWidth(text);
  if (cells <= width) return [line(text)];
  const rows: Line[] = [];
  for (let start = 0; start < cells; start += width) rows.push(line(cutCells(text, start, width)));
  return rows;
}
