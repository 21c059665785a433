import { undoRemove } from '../../../protocol/methods/restore.ts';
import { undoTexts } from '../../texts/texts.ts';
import { applicationName, typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';

export const undoRemoveCommand = defineCommand('undo.remove', {
  cli: ['undo', 'remove'],
  args: [
    { name: 'undo', kind: 'undo', positional: true, required: true },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
  ],
  when: 'hasUndos',
  danger: 'type-name',
  examples: ['kedge undo remove 0f3a9c1e', 'kedge undo remove 0f3a9c1e --confirm Clinic'],
  confirmation: async (context) => applicationName(context),
  async run(context, args) {
    const undo = textOf(args, 'undo') ?? '';
    const confirmation = await typedConfirmation(context, args, applicationName(context));
    const data = await context.call(undoRemove, { undo, confirmation }, context.signal);
    return { kind: 'data', data, lines: [undoTexts.removed(data.removed.title)] };
  },
});
