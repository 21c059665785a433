import { scheduleSkip } from '../../../protocol/methods/schedule.ts';
import { scheduleReportTexts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';

export const scheduleSkipCommand = skipCommand('schedule.skip', true);
export const scheduleUnskipCommand = skipCommand('schedule.unskip', false);

function skipCommand(id: 'schedule.skip' | 'schedule.unskip', skip: boolean): Command {
  const cli = id.split('.');
  return defineCommand(id, {
    cli,
    args: [{ name: 'schedule', kind: 'schedule', positional: true, required: true }],
    when: 'hasSchedules',
    danger: 'none',
    examples: [`kedge ${cli.join(' ')} nightly`],
    async run(context, args) {
      const order = { schedule: requiredText(args, 'schedule'), skip };
      const data = await context.call(scheduleSkip, order, context.signal);
      const { nextKind = 'full', nextMs } = data.schedule;
      const when = nextMs === undefined ? words.paused : formatMoment(nextMs);
      const line = (skip ? words.skipped : words.unskipped)(order.schedule, nextKind, when);
      return { kind: 'data', data, lines: [line] };
    },
  });
}
