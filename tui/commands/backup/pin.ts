import { backupPin } from '../../../protocol/methods/backup.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';

export const backupPinCommand = defineCommand('backup.pin', {
  cli: ['backup', 'pin'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'reason', kind: 'text', placeholder: 'TEXT' },
  ],
  when: 'hasBackups',
  danger: 'none',
  examples: ['kedge backup pin latest', "kedge backup pin 0f3a9c1e --reason 'end of the year'"],
  async run(context, args) {
    const reason = textOf(args, 'reason');
    const order = {
      backup: await backupReference(context, args),
      ...(reason === undefined ? {} : { reason }),
    };
    const { backup } = await context.call(backupPin, order, context.signal);
    return { kind: 'data', data: backup, lines: [reportTexts.done.pinned(backup.path)] };
  },
});
