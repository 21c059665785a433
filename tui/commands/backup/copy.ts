import { defineCommand } from '../define-command.ts';
import { copyArguments, orderCopies } from './order-copies.ts';

export const backupCopyCommand = defineCommand('backup.copy', {
  cli: ['backup', 'copy'],
  args: copyArguments,
  when: 'hasBackups',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup copy 0f3a9c1e usb',
    "kedge backup copy --older-than '1 month' usb",
    'kedge backup copy --all-before 2026-11-01 /mnt/usb/clinic',
  ],
  run: async (context, args) => await orderCopies(context, args, false),
});
