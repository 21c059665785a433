import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Page } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line } from '../../widgets/line.ts';
import { type GridDay, monthGrid, monthGridHeight } from '../../widgets/month-grid.ts';
import type { GridSection, ListSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { bullet } from '../page-lines.ts';
import {
  type Day,
  dateOf,
  dayOf,
  isDayOff,
  monthOf,
  noonOf,
  weekdayNames,
  weeksOf,
} from './calendar-days.ts';
import { entryList } from './entry-rows.ts';
import { legend, marksOfDay } from './run-marks.ts';

const words = texts.schedules.calendar;
// Below it the marks stand behind the day, so that entries of the day still have room.
const rowsForTwo = 22;
// Kedge answers with 5,000 at most, shared among the schedules.
const manyEntries = 2_000;
type CalendarPage = Extract<Page, { readonly kind: 'calendar' }>;

/** A month with what happened and what is to come, and the selected day in words below it. */
export function calendarSections(model: Model, { day }: CalendarPage): readonly Section[] {
  const entries = entriesByDay(monthEntries(model, day));
  return [
    { kind: 'lines', lines: headLines(model, day) },
    gridSection(model, day, entries),
    { kind: 'lines', lines: [legend(model.glyphs)], drop: 2 },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    dayList(model, day, entries.get(day) ?? []),
  ];
}

/** What of the month is known; nothing while another one is still shown as loaded. */
function monthEntries(model: Model, day: Day): readonly CalendarEntry[] {
  const { calendar } = model.ui.data;
  return calendar?.kind === 'ready' && calendar.about === monthOf(day) ? calendar.value : [];
}

function isLoaded(model: Model, day: Day): boolean {
  const { calendar } = model.ui.data;
  return calendar?.kind === 'ready' && calendar.about === monthOf(day);
}

function emptyText(model: Model, day: Day): readonly string[] {
  if (!isLoaded(model, day)) return [];
  return day < dayOf(model.nowMs) ? words.nothing : words.nothingComing;
}

// A month of runs every few minutes costs 10 ms to part into days: not for each frame.
const parted = new WeakMap<readonly CalendarEntry[], ReadonlyMap<Day, readonly CalendarEntry[]>>();

function entriesByDay(
  entries: readonly CalendarEntry[],
): ReadonlyMap<Day, readonly CalendarEntry[]> {
  const known = parted.get(entries);
  if (known !== undefined) return known;
  const byDay = Map.groupBy(entries, ({ atMs }) => dayOf(atMs));
  parted.set(entries, byDay);
  return byDay;
}

function headLines(model: Model, day: Day): readonly Line[] {
  const month = formats().month(noonOf(day));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const title = line(` ${words.month(month, zone)}`, 'heading');
  const { calendar } = model.ui.data;
  if (calendar?.kind === 'failed') {
    const text = words.failed(wordFailure(calendar.failure).message);
    return [title, ...bullet(' !', text, model.editorColumns - 2, 'warning')];
  }
  const count = monthEntries(model, day).length;
  if (count >= manyEntries) return [[...title, ...line(`  ${words.tooMany}`, 'warning')]];
  return calendar?.kind === 'ready'
    ? [title]
    : [[...title, ...line(`  ${words.loading}`, 'muted')]];
}

function gridSection(
  model: Model,
  selected: Day,
  entries: ReadonlyMap<Day, readonly CalendarEntry[]>,
): GridSection {
  const today = dayOf(model.nowMs);
  const month = monthOf(selected);
  const grid = {
    rowsPerWeek: model.rows >= rowsForTwo ? 2 : 1,
    weeks: weeksOf(selected).map((week) =>
      week.map(
        (day): GridDay => ({
          ...labelOf(day, today, model.rows >= rowsForTwo),
          marks: marksOfDay(entries.get(day) ?? [], model.glyphs),
          selected: day === selected,
          outside: monthOf(day) !== month,
          off: isDayOff(day),
          action: { command: 'calendar.select', args: { day } },
        }),
      ),
    ),
  } as const;
  return {
    kind: 'grid',
    id: 'calendar.month',
    height: monthGridHeight(grid),
    lines: (width, focused) => {
      const weekdays = weekdayNames(Math.floor(width / 7));
      return monthGrid({ ...grid, weekdays }, width, focused, model.glyphs);
    },
    submit: { command: 'focus.region', args: { region: 'calendar.day' } },
  };
}

/** Today is said in a word where there is room, else by a star. */
function labelOf(day: Day, today: Day, roomy: boolean): Pick<GridDay, 'label' | 'note'> {
  const label = formats().number(dateOf(day), 0).padStart(2);
  if (day !== today) return { label };
  return roomy ? { label, note: words.today } : { label: `${label}*` };
}

function dayList(model: Model, day: Day, entries: readonly CalendarEntry[]): ListSection {
  const name = formats().day(noonOf(day));
  return entryList(model, 'time', {
    id: 'calendar.day',
    title: line(` ${isLoaded(model, day) ? words.day(name, entries.length) : name}`, 'heading'),
    rows: entries,
    min: Math.max(3, Math.min(5, 2 + entries.length)),
    empty: emptyText(model, day),
  });
}
