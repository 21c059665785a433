import { restorePlan } from '../../../protocol/methods/restore.ts';
import { defineCommand } from '../define-command.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const restorePlanCommand = defineCommand('restore.plan', {
  cli: ['restore', 'plan'],
  args: [{ name: 'backup', kind: 'backup', positional: true, required: true }, ...secretArguments],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: ['kedge restore plan latest', 'kedge restore plan /mnt/usb/clinic_full.tar.zst --json'],
  async run(context, args) {
    const backup = await backupReference(context, args);
    const order = { backup, ...(await givenSecrets(context, args)) };
    const { job } = await context.call(restorePlan, order, context.signal);
    return { kind: 'job', job };
  },
});
