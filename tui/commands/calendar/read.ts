import { KedgeError } from '../../../protocol/failures.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import type { CalendarDay } from '../../texts/calendar.ts';
import { wordDate } from '../../texts/moment.ts';
import { calendarTexts } from '../../texts/texts.ts';
import { readMonth, type TypedMonth } from '../../texts/typed-date.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { calendarLines } from '../report/calendar-lines.ts';

export const calendarCommand = defineCommand('calendar.read', {
  cli: ['calendar'],
  args: [{ name: 'month', kind: 'text', positional: true, placeholder: 'MONTH' }],
  danger: 'none',
  reads: true,
  examples: ['kedge calendar', 'kedge calendar 2026-11', 'kedge calendar 2026-12 --json'],
  async run(context, args) {
    const { title, ...span } = monthOf(textOf(args, 'month'), context.now());
    const data = await context.call(calendarRead, span, context.signal);
    return { kind: 'data', data, lines: calendarLines(data.entries, title) };
  },
});

interface NamedMonth {
  readonly title: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** From midnight to midnight of this machine. */
function monthOf(text: string | undefined, nowMs: number): NamedMonth {
  const now = new Date(nowMs);
  const found = readMonth(text ?? `${now.getFullYear()}-${now.getMonth() + 1}`);
  if (found !== undefined) return named(found);
  const problem = calendarTexts.badMonth;
  throw new KedgeError('bad-argument', { what: `month "${text}"`, problem });
}

function named({ first, next, solar }: TypedMonth): NamedMonth {
  const name = `${calendarTexts.months[first.month - 1]} ${first.year}`;
  const last = new Date(next.year, next.month - 1, next.day - 1);
  return {
    title:
      solar === undefined
        ? name
        : `${solar} (${wordDate(midnight(first))} ${calendarTexts.to} ${wordDate(last.getTime())})`,
    fromMs: midnight(first),
    untilMs: midnight(next),
  };
}

function midnight({ year, month, day }: CalendarDay): number {
  return new Date(year, month - 1, day).getTime();
}
