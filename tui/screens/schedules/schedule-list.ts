import type { Run, Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { keepWords } from '../../commands/schedule/keep-text.ts';
import { wordAhead, wordNear, wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { type Span, span } from '../../widgets/line.ts';
import type { ListSection } from '../../widgets/section.ts';
import { type Cell, table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { signOf, toneOfOutcome, wordOutcome } from './run-marks.ts';

const words = texts.schedules;

export function scheduleList(model: Model): ListSection {
  const schedules = model.state.snapshot?.schedules ?? [];
  const columns = table(
    [
      { title: words.columns.name, width: nameCells(model.editorColumns) },
      { title: words.columns.when, width: 'rest', min: 24 },
      { title: words.columns.next, width: 15 },
      { title: words.columns.ahead, width: 9, drop: 3 },
      { title: words.columns.last, width: 17, drop: 1 },
      { title: words.columns.keep, width: 20, drop: 2 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: 'schedules.list',
    header: columns.header,
    count: schedules.length,
    min: 4,
    keyOf: (index) => schedules[index]?.id ?? '',
    row: (index, width) => {
      const schedule = schedules[index];
      return schedule === undefined ? [] : columns.row(cellsOf(schedule, model), width);
    },
    empty: words.empty,
    open: (index) => ({ command: 'schedules.show', args: { schedule: schedules[index]?.id } }),
  };
}

function nameCells(columns: number): number {
  if (columns < 72) return 13;
  return columns < 96 ? 16 : 18;
}

function cellsOf(schedule: Schedule, model: Model): readonly Cell[] {
  const { id, words: when, nextMs, lastRun, settings } = schedule;
  return [
    span(id, 'strong'),
    when,
    nextCell(schedule, model),
    nextMs === undefined ? '' : wordAhead(nextMs, model.nowMs),
    lastRun === undefined ? words.never : lastCell(lastRun, model),
    keptWords(settings),
  ];
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
