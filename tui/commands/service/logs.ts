import { serviceFollowLog, serviceLogs } from '../../../protocol/methods/service.ts';
import { logText } from '../../store/log-text.ts';
import { reportTexts, servicesTexts } from '../../texts/texts.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, numberOf, requiredText } from '../read-arguments.ts';

export const serviceLogsCommand = defineCommand('service.logs', {
  cli: ['service', 'logs'],
  args: [
    { name: 'service', kind: 'service', positional: true, required: true },
    { name: 'lines', kind: 'number', placeholder: 'N' },
    { name: 'follow', kind: 'flag' },
  ],
  when: 'hasServices',
  danger: 'none',
  reads: true,
  examples: ['kedge service logs host --lines 20', 'kedge service logs host --follow'],
  async run(context, args) {
    const query = { service: requiredText(args, 'service'), lines: numberOf(args, 'lines', 100) };
    if (flagOf(args, 'follow')) return await follow(context, query);
    const data = await context.call(serviceLogs, query, context.signal);
    const lines = data.lines.map(logText);
    return { kind: 'data', data, lines: lines.length === 0 ? [reportTexts.none.log] : lines };
  },
});

/** In one answer after the first. */
const linesAtOnce = 1000;

async function follow(
  context: CommandContext,
  query: { readonly service: string; readonly lines: number },
): Promise<never> {
  let asked: typeof query & { readonly cursor?: string } = query;
  for (;;) {
    const { lines, gap, cursor } = await context.call(serviceFollowLog, asked, context.signal);
    if (gap) context.note(servicesTexts.live.missing);
    if (lines.length > 0) context.emit(lines.map(logText));
    asked = { service: query.service, lines: linesAtOnce, cursor };
  }
}
