import { retentionRun } from '../../../protocol/methods/retention.ts';
import { retentionTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';

export const retentionRunCommand = defineCommand('retention.run', {
  cli: ['retention', 'run'],
  args: [],
  danger: 'confirm',
  examples: ['kedge retention run'],
  async run(context) {
    const data = await context.call(retentionRun, {}, context.signal);
    return { kind: 'data', data, lines: [retentionTexts.took(data.gone.length), ...data.gone] };
  },
});
