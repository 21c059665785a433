import { backupConsolidate } from '../../../protocol/methods/backup.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { backupReference, destination } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const backupConsolidateCommand = defineCommand('backup.consolidate', {
  cli: ['backup', 'consolidate'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'to', kind: 'store', placeholder: 'FOLDER|DESTINATION' },
    { name: 'name', kind: 'text', placeholder: 'NAME' },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup consolidate 0f3a9c1e',
    "kedge backup consolidate latest --to /mnt/usb --name 'before the update'",
  ],
  async run(context, args) {
    const [to, name] = [destination(args), textOf(args, 'name')];
    const order = {
      backup: await backupReference(context, args),
      ...(to === undefined ? {} : { destination: to }),
      ...(name === undefined ? {} : { name }),
      ...(await givenSecrets(context, args)),
    };
    const { job } = await context.call(backupConsolidate, order, context.signal);
    return { kind: 'job', job };
  },
});
