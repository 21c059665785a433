import type { BackupDay, BackupMoment } from '../../../protocol/methods/moments.ts';
import { inBothCalendars, momentIn } from '../../commands/restore/read-moment.ts';
import type { Loaded } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { wordAgo, wordClock, wordClockSeconds, wordDate } from '../../texts/moment.ts';
import { texts, momentPageTexts as words } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { fieldState, fieldText } from '../form-values.ts';
import { bullet } from '../page-lines.ts';

/** Days that have backups, under a field for any moment. */
export function daySections(model: Model): readonly Section[] {
  const { momentDays } = model.ui.data;
  const days = momentDays?.kind === 'ready' ? momentDays.value.days : [];
  const isCut = momentDays?.kind === 'ready' && momentDays.value.older;
  return [
    {
      kind: 'field',
      id: 'restore.at',
      label: words.moment,
      value: fieldState(model, 'restore.at'),
      placeholder: words.placeholder,
      submit: { command: 'restore.plan-at', args: {} },
    },
    { kind: 'lines', lines: noteLines(model) },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    dayList(model, days, emptyWords(momentDays, words.noDays)),
    ...(isCut ? [{ kind: 'lines' as const, lines: [line(` ${words.older}`, 'muted')] }] : []),
    backButton('restore.choose'),
  ];
}

/** What the typed text means, before it is asked for. */
function noteLines(model: Model): readonly Line[] {
  const text = fieldText(model, 'restore.at').trim();
  const found = momentIn(text, model.nowMs);
  const cells = model.editorColumns - 2;
  if (text === '') return bullet('', words.note, cells, 'muted');
  if (found === undefined) return bullet('', words.forms, cells, 'warning');
  if (found.atMs > model.nowMs) return bullet('', words.ahead, cells, 'warning');
  const at = inBothCalendars(found);
  return bullet('', words.means(at, wordAgo(found.atMs, model.nowMs)), cells, 'ok');
}

function dayList(model: Model, days: readonly BackupDay[], empty: readonly string[]): ListSection {
  const { columns } = words;
  return buildList(model, {
    id: 'restore.days',
    title: line(` ${words.days}`, 'heading'),
    rows: days,
    columns: [
      {
        id: 'day',
        title: columns.day,
        width: 16,
        cell: ({ toMs }) => span(`${wordDate(toMs)} ${weekdayOf(toMs)}`, 'strong'),
        sortBy: ({ toMs }) => toMs,
      },
      {
        id: 'good',
        title: columns.good,
        width: 14,
        cell: ({ good, total }) => span(words.good(good, total), good === 0 ? 'warning' : 'plain'),
        sortBy: ({ good }) => good,
      },
      {
        id: 'between',
        title: columns.between,
        width: 'rest',
        cell: ({ total, fromMs, toMs }) =>
          span(
            total === 1 ? wordClock(toMs) : `${wordClock(fromMs)} - ${wordClock(toMs)}`,
            'muted',
          ),
      },
    ],
    min: 4,
    keyOf: ({ day }) => day,
    empty,
    open: ({ day, fromMs, toMs }) => ({ command: 'restore.times', args: { day, fromMs, toMs } }),
  });
}

/** What was taken on one day; Enter leads to the plan of it. */
export function timeSections(model: Model, day: string): readonly Section[] {
  const { momentList } = model.ui.data;
  const isThis = momentList?.about === day;
  const moments = isThis && momentList.kind === 'ready' ? momentList.value : [];
  const empty = emptyWords(isThis ? momentList : undefined, words.noTimes);
  return [timeList(model, day, moments, empty), backButton('restore.days')];
}

function timeList(
  model: Model,
  day: string,
  moments: readonly BackupMoment[],
  empty: readonly string[],
): ListSection {
  const { columns } = words;
  return buildList(model, {
    id: 'restore.times',
    title: line(` ${words.times(wordDate(noonMs(day)))}`, 'heading'),
    rows: moments,
    columns: [
      {
        id: 'time',
        title: columns.time,
        width: 9,
        cell: ({ capturedAtMs }) => span(wordClockSeconds(capturedAtMs), 'strong'),
        sortBy: ({ capturedAtMs }) => capturedAtMs,
      },
      {
        id: 'kind',
        title: columns.kind,
        width: longestWord(texts.backUp.kinds, 5),
        cell: ({ kind }) => texts.backUp.kinds[kind],
      },
      {
        id: 'check',
        title: columns.check,
        width: 'rest',
        min: 24,
        cell: ({ why }) => (why === undefined ? span(words.isGood, 'ok') : span(why, 'warning')),
      },
      {
        id: 'name',
        title: columns.name,
        width: 30,
        drop: 1,
        cell: ({ name }) => span(name, 'muted'),
      },
    ],
    min: 4,
    keyOf: ({ backup }) => backup,
    empty,
    open: ({ backup }) => ({ command: 'restore.plan', args: { backup } }),
    copies: ({ backup }) => [
      { title: texts.lists.id, text: backup },
      ...commandCopies([{ command: 'restore.run', args: { backup } }]),
    ],
  });
}

function backButton(command: string): Section {
  const button = { id: 'moments.back', label: texts.restore.back, action: { command, args: {} } };
  return { kind: 'buttons', buttons: [button] };
}

function emptyWords(loaded: Loaded<unknown> | undefined, none: string): readonly string[] {
  if (loaded?.kind === 'ready') return [none];
  if (loaded?.kind === 'failed') return [wordFailure(loaded.failure).message];
  return [texts.workbench.loading];
}

/** Of a day of this terminal, which has its noon once in every zone. */
function noonMs(day: string): number {
  return new Date(`${day}T12:00`).getTime();
}

function weekdayOf(atMs: number): string {
  return formats().weekdays[new Date(atMs).getDay()] ?? '';
}
