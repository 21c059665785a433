import { undoRun } from '../../../protocol/methods/restore.ts';
import { applicationName, typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { chosenUndo } from './newest-undo.ts';

export const undoRunCommand = defineCommand('undo.run', {
  cli: ['undo', 'run'],
  args: [
    { name: 'undo', kind: 'undo', positional: true },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
  ],
  when: 'hasUndos',
  danger: 'type-name',
  startsJob: true,
  examples: ['kedge undo run', 'kedge undo run 3 --confirm Clinic'],
  confirmation: async (context) => applicationName(context),
  async run(context, args) {
    const undo = await chosenUndo(context, args);
    const confirmation = await typedConfirmation(context, args, applicationName(context));
    const { job } = await context.call(undoRun, { undo, confirmation }, context.signal);
    return { kind: 'job', job };
  },
});
