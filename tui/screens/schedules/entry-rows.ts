import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Action } from '../../store/action.ts';
import { wordClock, wordMoment } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { type Line, span } from '../../widgets/line.ts';
import { type Table, table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { wordOutcome } from './run-marks.ts';

const words = texts.schedules;
const columns = words.calendar.columns;
const whenCells = { time: 5, moment: 16 };

interface EntryTable {
  readonly header: Table['header'];
  row(entry: CalendarEntry, width: number): Line;
}

/** Entries of a day by their time, or those of weeks by date and time. */
export function entryTable(model: Model, by: 'time' | 'moment'): EntryTable {
  const ofDay = by === 'time';
  const rows = table(
    [
      { title: columns[by], width: whenCells[by] },
      ...(ofDay ? [{ title: columns.what, width: 18 }] : []),
      { title: columns.kind, width: 12, drop: 1 },
      { title: columns.outcome, width: 11 },
      { title: columns.note, width: 'rest' as const, min: 10 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    header: rows.header,
    row: (entry, width) =>
      rows.row(
        [
          ofDay ? wordClock(entry.atMs) : wordMoment(entry.atMs),
          ...(ofDay ? [span(nameOf(entry), 'strong')] : []),
          entry.kind === undefined ? '' : words.kindsLong[entry.kind],
          wordOutcome(entry.outcome, model.glyphs),
          entry.note ?? '',
        ],
        width,
      ),
  };
}

export function entryKey({ atMs, what, schedule, job }: CalendarEntry): string {
  return `${atMs} ${what} ${schedule ?? ''} ${job ?? ''}`;
}

/** Where Enter leads: to its job, or to the schedule that will run. */
export function openEntry({ job, schedule }: CalendarEntry): Action {
  if (job !== undefined) return { command: 'jobs.show', args: { job } };
  if (schedule !== undefined) return { command: 'schedules.show', args: { schedule } };
  return { command: 'notify', args: { text: words.calendar.noJob } };
}

function nameOf({ what, schedule }: CalendarEntry): string {
  const kind = words.calendar.what[what];
  return what === 'run' && schedule !== undefined ? schedule : kind;
}
