import { alarmTest } from '../../../protocol/methods/alarm.ts';
import { alarmTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';

export const alarmTestCommand = defineCommand('alarm.test', {
  cli: ['alarm', 'test'],
  args: [{ name: 'route', kind: 'text', positional: true }],
  danger: 'none',
  examples: ['kedge alarm test', 'kedge alarm test ops-mail'],
  async run(context, args) {
    const route = textOf(args, 'route');
    const order = route === undefined ? {} : { route };
    const data = await context.call(alarmTest, order, context.signal);
    const failed = data.deliveries.some(({ state }) => state !== 'sent');
    const { tested } = alarmTexts;
    const lines = data.deliveries.map(({ route: name, state, problem = '' }) =>
      state === 'sent' ? tested.sent(name) : tested.failed(name, problem),
    );
    return {
      kind: 'data',
      data,
      lines: lines.length === 0 ? [alarmTexts.noRoutes] : [alarmTexts.testHead, ...lines],
      ...(failed ? { exit: 1 } : {}),
    };
  },
});
