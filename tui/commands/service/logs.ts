import { serviceLogs } from '../../../protocol/methods/service.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, requiredText } from '../read-arguments.ts';

export const serviceLogsCommand = defineCommand('service.logs', {
  cli: ['service', 'logs'],
  args: [
    { name: 'service', kind: 'service', positional: true, required: true },
    { name: 'lines', kind: 'number', placeholder: 'N' },
  ],
  when: 'hasServices',
  danger: 'none',
  examples: ['kedge service logs host --lines 20'],
  async run(context, args) {
    const query = { service: requiredText(args, 'service'), lines: numberOf(args, 'lines', 100) };
    const data = await context.call(serviceLogs, query, context.signal);
    const lines = data.lines.map((line) => line.replaceAll('\t', '    '));
    return { kind: 'data', data, lines: lines.length === 0 ? [reportTexts.none.log] : lines };
  },
});
