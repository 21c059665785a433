import { KedgeError } from '../../../protocol/failures.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { calendarTexts } from '../../texts/texts.ts';
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
    const month = monthOf(textOf(args, 'month'), context.now());
    const data = await context.call(calendarRead, spanOf(month), context.signal);
    return { kind: 'data', data, lines: calendarLines(data.entries, month) };
  },
});

/** The first day of it, at midnight of this machine. */
function monthOf(text: string | undefined, nowMs: number): Date {
  const now = new Date(nowMs);
  if (text === undefined) return new Date(now.getFullYear(), now.getMonth(), 1);
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year !== undefined) return new Date(Number(year), Number(month) - 1, 1);
  const problem = calendarTexts.badMonth;
  throw new KedgeError('bad-argument', { what: `month "${text}"`, problem });
}

function spanOf(month: Date): { fromMs: number; untilMs: number } {
  const next = new Date(month.getFullYear(), month.getMonth() + 1, 1);
  return { fromMs: month.getTime(), untilMs: next.getTime() };
}
