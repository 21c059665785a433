import { restorePlan } from '../../../protocol/methods/restore.ts';
import { defineCommand } from '../define-command.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import { askedChoices, choiceArguments } from './choice-arguments.ts';
import { askedParts, partArguments } from './part-arguments.ts';
import { wantedArguments, wantedBackup } from './planned-backup.ts';

export const restorePlanCommand = defineCommand('restore.plan', {
  cli: ['restore', 'plan'],
  args: [...wantedArguments, ...partArguments, ...choiceArguments, ...secretArguments],
  when: 'configured',
  danger: 'none',
  reads: true,
  startsJob: true,
  examples: [
    'kedge restore plan latest',
    "kedge restore plan --at 'yesterday 14:00'",
    'kedge restore plan latest --keep-newer',
    'kedge restore plan /mnt/usb/clinic_full.tar.zst --json',
  ],
  async run(context, args) {
    const wanted = await wantedBackup(context, args);
    const given = await givenSecrets(context, args);
    const order = { ...wanted, ...askedParts(args), ...askedChoices(args), ...given };
    const { job } = await context.call(restorePlan, order, context.signal);
    return { kind: 'job', job };
  },
});
