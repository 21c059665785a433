import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { texts } from '../../texts/texts.ts';
import { cellWidth, fitText } from '../../widgets/cells.ts';
import { type Line, type Span, span } from '../../widgets/line.ts';
import type { Bench, Model } from '../bench.ts';
import { type Day, dayOf, moveDays, spanOf } from '../schedules/calendar-days.ts';
import { worstMark } from '../schedules/run-marks.ts';

const words = texts.overview;
const daysEachWay = 14;
const labelCells = 16;
const dayCells = 2;

/** The days of the strip: two weeks back, today, two weeks ahead. */
function daysAround(today: Day): readonly Day[] {
  return Array.from({ length: 2 * daysEachWay + 1 }, (_, n) => moveDays(today, n - daysEachWay));
}

/** Reads it again when the day is another, and whenever it is looked at anew. */
export function loadStrip(bench: Bench): void {
  const today = dayOf(bench.model().nowMs);
  bench.load('strip', today, async () => {
    const { entries } = await bench.session.call(calendarRead, spanOf([daysAround(today)]));
    return entries;
  });
}

/** A sign for each day, what needs a look before what went well; a click leads to the day. */
export function stripLines(model: Model): readonly Line[] {
  const { strip } = model.ui.data;
  if (strip?.kind !== 'ready' || strip.value.length === 0) return [];
  const today = dayOf(model.nowMs);
  const byDay = Map.groupBy(strip.value, ({ atMs }) => dayOf(atMs));
  const days = daysAround(today).map((day) => dayCell(day, byDay.get(day) ?? [], model));
  const ends = words.stripEnds;
  const before = daysEachWay * dayCells;
  const room = before - cellWidth(ends.until) + dayCells - 1;
  const scale = `${fitText(ends.from, before, '')}${fitText(ends.today, room, '')}`;
  return [
    [span(fitText(words.strip, labelCells, model.glyphs.ellipsis), 'muted'), ...days],
    [span(' '.repeat(labelCells)), span(`${scale}${ends.until}`, 'muted')],
  ];
}

function dayCell(day: Day, entries: readonly CalendarEntry[], { glyphs }: Model): Span {
  const { sign, tone } = worstMark(entries, glyphs);
  return span(`${sign} `, tone, { command: 'calendar.select', args: { day } });
}
