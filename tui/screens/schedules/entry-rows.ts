import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Action } from '../../store/action.ts';
import { wordClock, wordMoment } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { buildList } from '../../widgets/build-list.ts';
import { span } from '../../widgets/line.ts';
import type { ListColumn, ListSpec } from '../../widgets/list-spec.ts';
import type { ListSection } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { wordOutcome } from './run-marks.ts';

const words = texts.schedules;
const columns = words.calendar.columns;
const whenCells = { time: 5, moment: 16 };

/** Entries of a day by their time, or those of weeks by date and time. */
export function entryList(
  model: Model,
  by: 'time' | 'moment',
  spec: Pick<ListSpec<CalendarEntry>, 'id' | 'title' | 'rows' | 'min' | 'empty'>,
): ListSection {
  return buildList(model, {
    ...spec,
    columns: columnsBy(model, by),
    keyOf: entryKey,
    open: openEntry,
    copies: ({ job }) =>
      job === undefined ? [] : commandCopies([{ command: 'job.show', args: { job } }]),
  });
}

function columnsBy({ glyphs }: Model, by: 'time' | 'moment'): readonly ListColumn<CalendarEntry>[] {
  const ofDay = by === 'time';
  return [
    {
      id: 'when',
      title: columns[by],
      width: whenCells[by],
      cell: ({ atMs }) => (ofDay ? wordClock(atMs) : wordMoment(atMs)),
      sortBy: ({ atMs }) => atMs,
    },
    {
      id: 'what',
      title: columns.what,
      width: 18,
      extra: !ofDay,
      cell: (entry) => span(nameOf(entry), 'strong'),
    },
    {
      id: 'kind',
      title: columns.kind,
      width: 12,
      drop: 1,
      cell: ({ kind }) => (kind === undefined ? '' : words.kindsLong[kind]),
    },
    {
      id: 'outcome',
      title: columns.outcome,
      width: 11,
      cell: ({ outcome }) => wordOutcome(outcome, glyphs),
    },
    { id: 'note', title: columns.note, width: 'rest', min: 10, cell: ({ note = '' }) => note },
  ];
}

function entryKey({ atMs, what, schedule, job }: CalendarEntry): string {
  return `${atMs} ${what} ${schedule ?? ''} ${job ?? ''}`;
}

/** Where Enter leads: to its job, or to the schedule that will run. */
function openEntry({ job, schedule }: CalendarEntry): Action {
  if (job !== undefined) return { command: 'jobs.show', args: { job } };
  if (schedule !== undefined) return { command: 'schedules.show', args: { schedule } };
  return { command: 'notify', args: { text: words.calendar.noJob } };
}

function nameOf({ what, schedule }: CalendarEntry): string {
  const kind = words.calendar.what[what];
  return what === 'run' && schedule !== undefined ? schedule : kind;
}
