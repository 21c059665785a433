import { backupUnpin } from '../../../protocol/methods/backup.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { backupReference } from '../reference.ts';

export const backupUnpinCommand = defineCommand('backup.unpin', {
  cli: ['backup', 'unpin'],
  args: [{ name: 'backup', kind: 'backup', positional: true, required: true }],
  when: 'hasBackups',
  danger: 'none',
  examples: ['kedge backup unpin 0f3a9c1e'],
  async run(context, args) {
    const order = { backup: await backupReference(context, args) };
    const { backup } = await context.call(backupUnpin, order, context.signal);
    return { kind: 'data', data: backup, lines: [reportTexts.done.unpinned(backup.path)] };
  },
});
