import { alarmList } from '../../../protocol/methods/alarm.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { alarmLines, routeLines } from '../report/alarm-lines.ts';

export const alarmListCommand = defineCommand('alarm.list', {
  cli: ['alarm', 'list'],
  args: [{ name: 'cured', kind: 'flag' }],
  danger: 'none',
  reads: true,
  examples: ['kedge alarm list', 'kedge alarm list --cured --json'],
  async run(context, args) {
    const query = { cured: flagOf(args, 'cured') };
    const data = await context.call(alarmList, query, context.signal);
    const nowMs = context.now();
    const lines = [...alarmLines(data.alarms, nowMs), '', ...routeLines(data.routes, nowMs)];
    return { kind: 'data', data, lines };
  },
});
