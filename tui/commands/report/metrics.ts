import { metricsRead } from '../../../protocol/methods/report.ts';
import { defineCommand } from '../define-command.ts';
import { linesOf } from './read.ts';

export const metricsCommand = defineCommand('metrics.read', {
  cli: ['metrics'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge metrics'],
  async run(context) {
    const data = await context.call(metricsRead, {}, context.signal);
    return { kind: 'data', data, lines: linesOf(data.text) };
  },
});
