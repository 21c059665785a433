import { alarmAcknowledge } from '../../../protocol/methods/alarm.ts';
import { alarmTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf } from '../read-arguments.ts';

export const alarmAcknowledgeCommand = defineCommand('alarm.acknowledge', {
  cli: ['alarm', 'acknowledge'],
  args: [{ name: 'alarm', kind: 'alarm', positional: true, required: true }],
  danger: 'none',
  examples: ['kedge alarm acknowledge 12'],
  async run(context, args) {
    const order = { alarm: numberOf(args, 'alarm', 0) };
    const { alarm } = await context.call(alarmAcknowledge, order, context.signal);
    const { done, over } = alarmTexts;
    const words = alarm.state === 'cured' ? over : done;
    return { kind: 'data', data: alarm, lines: [words(alarm.id, alarm.text)] };
  },
});
