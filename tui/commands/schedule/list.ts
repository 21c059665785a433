import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { scheduleList } from '../../../protocol/methods/schedule.ts';
import { reportTexts, scheduleReportTexts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { table } from '../table.ts';
import { outcomeOf } from './run-lines.ts';

export const scheduleListCommand = defineCommand('schedule.list', {
  cli: ['schedule', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge schedule list'],
  async run(context) {
    const data = await context.call(scheduleList, {}, context.signal);
    return { kind: 'data', data, lines: scheduleLines(data.schedules) };
  },
});

function scheduleLines(schedules: readonly Schedule[]): readonly string[] {
  if (schedules.length === 0) return [reportTexts.none.schedules];
  return table(
    [
      { title: 'SCHEDULE' },
      { title: 'NEXT' },
      { title: 'KIND' },
      { title: 'LAST' },
      { title: 'OUTCOME' },
      { title: 'DESTINATION' },
      { title: 'KEEPS' },
      { title: 'WHEN' },
    ],
    schedules.map((schedule) => [
      schedule.id,
      nextOf(schedule),
      schedule.nextKind ?? '-',
      schedule.lastRun === undefined ? '-' : formatMoment(schedule.lastRun.atMs),
      schedule.lastRun === undefined ? '-' : outcomeOf(schedule.lastRun),
      schedule.settings.store,
      schedule.settings.deleteOlderThan ?? 'everything',
      schedule.words,
    ]),
  );
}

function nextOf({ nextMs, skipsNext }: Schedule): string {
  if (nextMs === undefined) return words.paused;
  const next = formatMoment(nextMs);
  return skipsNext === true ? words.leftOut(next) : next;
}
