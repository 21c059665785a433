import { trashRestore } from '../../../protocol/methods/retention.ts';
import { retentionTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';

export const trashRestoreCommand = defineCommand('trash.restore', {
  cli: ['trash', 'restore'],
  args: [{ name: 'backup', kind: 'text', positional: true, required: true }],
  danger: 'none',
  examples: ['kedge trash restore 0f3a9c1e'],
  async run(context, args) {
    const order = { backup: requiredText(args, 'backup') };
    const data = await context.call(trashRestore, order, context.signal);
    const { restored } = data;
    return { kind: 'data', data, lines: [retentionTexts.restored(restored.length), ...restored] };
  },
});
