import { backupSalvage } from '../../../protocol/methods/salvage.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, requiredText, textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const backupSalvageCommand = defineCommand('backup.salvage', {
  cli: ['backup', 'salvage'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'to', kind: 'path', placeholder: 'FOLDER', required: true },
    { name: 'base', kind: 'path', placeholder: 'FILE' },
    ...secretArguments,
  ],
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup salvage /mnt/usb/clinic_full.tar.zst --to /tmp/saved',
    'kedge backup salvage 0f3a9c1e --to /tmp/saved --json',
  ],
  async run(context, args) {
    const base = textOf(args, 'base');
    const order = {
      backup: await backupReference(context, args),
      folder: absolutePath(requiredText(args, 'to')),
      ...(await givenSecrets(context, args)),
      ...(base === undefined ? {} : { base: absolutePath(base) }),
    };
    const { job } = await context.call(backupSalvage, order, context.signal);
    return { kind: 'job', job };
  },
});
