import type { Action } from '../store/action.ts';
import type { Glyphs, Tone } from '../theme/theme.ts';
import { clickable, fitLine, type Line, line, lineWidth, span, toned } from './line.ts';

export interface GridDay {
  readonly label: string;
  /** A word behind it, which keeps the label where it is in every direction of reading. */
  readonly note?: string;
  /** Each a sign with a number, such as "✓6". */
  readonly marks: Line;
  readonly selected: boolean;
  /** Of the month before or after. */
  readonly outside: boolean;
  /** Of the weekday on which nobody works. */
  readonly off: boolean;
  readonly action: Action;
}

interface MonthGrid {
  readonly weekdays: readonly string[];
  readonly weeks: readonly (readonly GridDay[])[];
  /** 2: the marks stand below the day; 1: behind it. */
  readonly rowsPerWeek: 1 | 2;
}

/** A month, seven columns wide; the selected day has a ">" besides its tone. */
export function monthGrid(
  grid: MonthGrid,
  width: number,
  focused: boolean,
  glyphs: Glyphs,
): readonly Line[] {
  const cells = Math.floor(width / 7);
  const inCell = (one: Line): Line => fitLine(one, cells, glyphs.ellipsis);
  const head = grid.weekdays.flatMap((name, at) => {
    const isOff = grid.weeks[0]?.[at]?.off === true;
    return inCell(line(` ${name}`, isOff ? 'accent' : 'muted'));
  });
  const rows = grid.weeks.flatMap((week): readonly Line[] => {
    const drawn = week.map((day) =>
      dayRows(day, grid.rowsPerWeek, cells).map((row) => styled(inCell(row), day, focused)),
    );
    return Array.from({ length: grid.rowsPerWeek }, (_, row) =>
      drawn.flatMap((rowsOfDay) => rowsOfDay[row] ?? []),
    );
  });
  return [head, ...rows];
}

/** Rows of a grid, its line of weekdays included. */
export function monthGridHeight({
  weeks,
  rowsPerWeek,
}: Pick<MonthGrid, 'weeks' | 'rowsPerWeek'>): number {
  return 1 + weeks.length * rowsPerWeek;
}

function dayRows(day: GridDay, rows: 1 | 2, cells: number): readonly Line[] {
  const label = span(`${day.selected ? '>' : ' '}${day.label}`, labelTone(day));
  const labels = day.note === undefined ? [label] : [label, span(` ${day.note}`, labelTone(day))];
  const taken = rows === 1 ? lineWidth(labels) + 1 : 1;
  const marks = spaced(day.marks, cells - taken - 1);
  if (rows === 1) return [[...labels, span(' '), ...marks]];
  return [labels, [span(' '), ...marks]];
}

function labelTone({ outside, off }: GridDay): Tone {
  if (outside) return 'muted';
  return off ? 'accent' : 'strong';
}

/** With a space between them where there is room. */
function spaced(marks: Line, room: number): Line {
  const apart = marks.flatMap((mark, index) => (index === 0 ? [mark] : [span(' '), mark]));
  return lineWidth(apart) <= room ? apart : marks;
}

function styled(row: Line, day: GridDay, focused: boolean): Line {
  const drawn = day.selected ? toned(row, focused ? 'selected' : 'selected-elsewhere') : row;
  return clickable(drawn, day.action);
}
