import { undoRemove } from '../../../protocol/methods/restore.ts';
import { undoTexts } from '../../texts/texts.ts';
import { applicationName, typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, textOf } from '../read-arguments.ts';

export const undoRemoveCommand = defineCommand('undo.remove', {
  cli: ['undo', 'remove'],
  args: [
    { name: 'undo', kind: 'undo', positional: true, required: true },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
    { name: 'forget', kind: 'flag' },
  ],
  when: 'hasUndos',
  danger: 'type-name',
  examples: [
    'kedge undo remove 0f3a9c1e',
    'kedge undo remove 0f3a9c1e --confirm Clinic',
    'kedge undo remove 0f3a9c1e --forget',
  ],
  confirmation: async (context) => applicationName(context),
  async run(context, args) {
    const undo = textOf(args, 'undo') ?? '';
    const confirmation = await typedConfirmation(context, args, applicationName(context));
    const forget = flagOf(args, 'forget');
    const order = { undo, confirmation, ...(forget ? { forget } : {}) };
    const data = await context.call(undoRemove, order, context.signal);
    const left = (data.left ?? []).map(({ name, of, why }) => undoTexts.left(name, of, why));
    return { kind: 'data', data, lines: [undoTexts.removed(data.removed.title), ...left] };
  },
});
