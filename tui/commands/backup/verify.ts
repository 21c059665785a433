import { backupVerify } from '../../../protocol/methods/backup.ts';
import { defineCommand } from '../define-command.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const backupVerifyCommand = defineCommand('backup.verify', {
  cli: ['backup', 'verify'],
  args: [{ name: 'backup', kind: 'backup', positional: true, required: true }, ...secretArguments],
  danger: 'none',
  startsJob: true,
  examples: ['kedge backup verify latest', 'kedge backup verify /mnt/usb/clinic_full.tar.zst'],
  async run(context, args) {
    const backup = await backupReference(context, args);
    const order = { backup, ...(await givenSecrets(context, args)) };
    const { job } = await context.call(backupVerify, order, context.signal);
    return { kind: 'job', job };
  },
});
