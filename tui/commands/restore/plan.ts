import { restorePlan } from '../../../protocol/methods/restore.ts';
import { defineCommand } from '../define-command.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import { askedParts, partArguments } from './part-arguments.ts';

export const restorePlanCommand = defineCommand('restore.plan', {
  cli: ['restore', 'plan'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    ...partArguments,
    ...secretArguments,
  ],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge restore plan latest',
    'kedge restore plan latest --keep-newer',
    'kedge restore plan /mnt/usb/clinic_full.tar.zst --json',
  ],
  async run(context, args) {
    const backup = await backupReference(context, args);
    const order = { backup, ...askedParts(args), ...(await givenSecrets(context, args)) };
    const { job } = await context.call(restorePlan, order, context.signal);
    return { kind: 'job', job };
  },
});
