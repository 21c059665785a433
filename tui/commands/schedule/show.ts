import type * as z from 'zod';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { scheduleShow } from '../../../protocol/methods/schedule.ts';
import { scheduleReportTexts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, requiredText } from '../read-arguments.ts';
import { fields } from '../table.ts';
import { blackoutWords } from './blackout-text.ts';
import { keepWords } from './keep-text.ts';
import { comingLines, noteLines, outcomeOf, pastLines } from './run-lines.ts';

const runsShown = 10;

export const scheduleShowCommand = defineCommand('schedule.show', {
  cli: ['schedule', 'show'],
  args: [
    { name: 'schedule', kind: 'schedule', positional: true, required: true },
    { name: 'runs', kind: 'number', placeholder: 'COUNT' },
  ],
  when: 'hasSchedules',
  danger: 'none',
  reads: true,
  examples: ['kedge schedule show nightly', 'kedge schedule show nightly --runs 100'],
  async run(context, args) {
    const schedule = requiredText(args, 'schedule');
    const order = { schedule, runs: numberOf(args, 'runs', runsShown) };
    const data = await context.call(scheduleShow, order, context.signal);
    return { kind: 'data', data, lines: showLines(data) };
  },
});

function showLines(shown: z.infer<typeof scheduleShow.result>): readonly string[] {
  const { schedule, runs, coming, notes } = shown;
  return [
    ...fields([...stateFields(shown), ...settingsFields(schedule.settings)]),
    '',
    words.coming,
    ...(coming === undefined
      ? [`  ${words.paused}`]
      : comingLines({ runs: coming }, schedule.settings.zone)),
    ...noteLines(notes),
    '',
    words.past,
    ...pastLines(runs),
  ];
}

type Fields = readonly (readonly [string, string | undefined])[];

function stateFields({ schedule, betweenFulls }: z.infer<typeof scheduleShow.result>): Fields {
  const { nextMs, skipsNext, lastRun, lastGoodMs } = schedule;
  const next = nextMs === undefined ? words.paused : formatMoment(nextMs);
  return [
    [words.fields.when, schedule.words],
    [
      words.fields.between,
      betweenFulls === undefined ? undefined : words.differentials(betweenFulls),
    ],
    [words.fields.next, skipsNext === true ? words.leftOut(next) : next],
    [words.fields.last, lastRun && `${formatMoment(lastRun.atMs)}  ${outcomeOf(lastRun)}`],
    [words.fields.good, lastGoodMs === undefined ? words.never : formatMoment(lastGoodMs)],
  ];
}

function settingsFields(settings: ScheduleSettings): Fields {
  const { differential, blackout, keep, jitterMinutes, deadlineHours, retries } = settings;
  return [
    [words.fields.store, settings.store],
    [words.fields.differentialStore, differential?.store],
    [words.fields.copyTo, settings.copyTo],
    [words.fields.zone, settings.zone],
    [words.fields.blackout, blackout && blackoutWords(blackout)],
    [words.fields.deleteOlderThan, settings.deleteOlderThan ?? words.never],
    [words.fields.keep, keep && keepWords(keep)],
    [words.fields.ifMissed, missedWords(settings)],
    [words.fields.jitter, jitterMinutes === undefined ? undefined : words.minutes(jitterMinutes)],
    [words.fields.deadline, deadlineHours === undefined ? undefined : words.hours(deadlineHours)],
    [words.fields.retries, retries === undefined ? undefined : String(retries)],
  ];
}

function missedWords({ ifMissed = 'run' }: ScheduleSettings): string {
  return typeof ifMissed === 'string'
    ? words.missed[ifMissed]
    : words.missed.older(ifMissed.skipIfOlderThan);
}
