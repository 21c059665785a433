import type { Run, Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { keepWords } from '../../commands/schedule/keep-text.ts';
import { roleOf } from '../../store/role-of.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { momentCells, wordAhead, wordNear, wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordSchedule } from '../../texts/word-schedule.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { type Span, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { emptyOr } from '../welcome.ts';
import { signOf, toneOfOutcome, wordOutcome } from './run-marks.ts';

const words = texts.schedules;

export function scheduleList(model: Model): BuiltList<Schedule> {
  const { nowMs, editorColumns } = model;
  const { columns } = words;
  return buildList(model, {
    id: 'schedules.list',
    rows: model.state.snapshot?.schedules ?? [],
    columns: [
      {
        id: 'name',
        title: columns.name,
        width: nameCells(editorColumns),
        cell: ({ id }) => span(id, 'strong'),
      },
      {
        id: 'when',
        title: columns.when,
        width: 'rest',
        min: 24,
        cell: (one) => wordSchedule(one.settings, one.words),
      },
      {
        id: 'next',
        title: columns.next,
        width: momentCells('near', 9) + 2 + longestWord(words.kinds, 4),
        cell: (schedule) => nextCell(schedule, model),
        sortBy: ({ nextMs }) => nextMs,
      },
      {
        id: 'ahead',
        title: columns.ahead,
        width: momentCells('ahead', 9),
        drop: 3,
        cell: ({ nextMs }) => (nextMs === undefined ? '' : wordAhead(nextMs, nowMs)),
        sortBy: ({ nextMs }) => nextMs,
      },
      {
        id: 'last',
        title: columns.last,
        width: momentCells('span', 6) + 11,
        drop: 1,
        cell: ({ lastRun }) => (lastRun === undefined ? words.never : lastCell(lastRun, model)),
        sortBy: ({ lastRun }) => lastRun?.atMs,
      },
      {
        id: 'keep',
        title: columns.keep,
        width: 20,
        drop: 2,
        cell: ({ settings }) => keptWords(settings),
      },
      {
        id: 'where',
        title: texts.backUp.columns.where,
        width: 12,
        extra: true,
        cell: ({ settings }) => settings.store,
      },
    ],
    min: 4,
    markable: true,
    keyOf: ({ id }) => id,
    empty: emptyOr(model, emptyWords(model)),
    open: ({ id }) => ({ command: 'schedules.show', args: { schedule: id } }),
    copies: ({ id }) =>
      commandCopies(
        ['schedule.run', 'schedule.pause', 'schedule.skip', 'schedule.remove'].map((command) => ({
          command,
          args: { schedule: id },
        })),
      ),
  });
}

/** What the role allows to do about it. */
function emptyWords({ state }: Model): readonly string[] {
  const role = roleOf(state);
  return role === 'admin' ? words.empty : words.emptyFor[role];
}

function nameCells(columns: number): number {
  if (columns < 72) return 13;
  return columns < 96 ? 16 : 18;
}

function nextCell({ nextMs, nextKind, skipsNext, settings }: Schedule, model: Model): Span {
  if (settings.paused === true) return span(words.paused, 'warning');
  if (nextMs === undefined) return span('');
  const at = wordNear(nextMs, model.nowMs);
  if (skipsNext === true) return span(words.skips(at), 'warning');
  return span(nextKind === undefined ? at : `${at} ${words.kinds[nextKind]}`);
}

function lastCell({ outcome, atMs, retryMs }: Run, model: Model): Span {
  if (retryMs !== undefined) {
    const sign = signOf('failed', model.glyphs);
    return span(words.retries(sign, wordAhead(retryMs, model.nowMs)), 'error');
  }
  const { text } = wordOutcome(outcome, model.glyphs);
  return span(`${text} ${wordSpan((model.nowMs - atMs) / 1000)}`, toneOfOutcome(outcome));
}

/** "30 days", "last 3, daily 7", "30 days + last 3". */
function keptWords({ deleteOlderThan, keep }: ScheduleSettings): string {
  const least = keep === undefined ? '' : keepWords(keep);
  if (deleteOlderThan === undefined) return least === '' ? words.keepAll : least;
  return least === '' ? deleteOlderThan : `${deleteOlderThan} + ${least}`;
}
