import { defineCommand } from '../define-command.ts';
import { copyArguments, orderCopies } from './order-copies.ts';

export const backupMoveCommand = defineCommand('backup.move', {
  cli: ['backup', 'move'],
  args: copyArguments,
  when: 'hasBackups',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup move 0f3a9c1e usb',
    "kedge backup move --older-than '1 month' usb",
    'kedge backup move --all-before 2026-11-01 /mnt/usb/clinic',
  ],
  run: async (context, args) => await orderCopies(context, args, true),
});
