import { kedgeStop } from '../../../protocol/methods/setup.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { defineCommand } from '../define-command.ts';

export const demoStopCommand = defineCommand('demo.stop', {
  cli: ['demo', 'stop'],
  args: [],
  when: 'demo',
  danger: 'confirm',
  examples: ['kedge demo stop'],
  async run(context) {
    const data = await context.call(kedgeStop, {}, context.signal);
    return { kind: 'data', data, lines: [reportTexts.done.stopping] };
  },
});
