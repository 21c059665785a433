import { undoPreview } from '../../../protocol/methods/restore.ts';
import { defineCommand } from '../define-command.ts';
import { chosenUndo } from './newest-undo.ts';

export const undoShowCommand = defineCommand('undo.show', {
  cli: ['undo', 'show'],
  args: [{ name: 'undo', kind: 'undo', positional: true }],
  when: 'hasUndos',
  danger: 'none',
  reads: true,
  startsJob: true,
  examples: ['kedge undo show', 'kedge undo show 0f3a9c1e --json'],
  async run(context, args) {
    const undo = await chosenUndo(context, args);
    const { job } = await context.call(undoPreview, { undo }, context.signal);
    return { kind: 'job', job };
  },
});
