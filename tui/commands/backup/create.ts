import { backupCreate, backupEstimate } from '../../../protocol/methods/backup.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, textOf } from '../read-arguments.ts';
import { destination } from '../reference.ts';
import { estimateLines } from '../report/backup-lines.ts';
import { newPassphrase } from '../secrets.ts';

export const backupCreateCommand = defineCommand('backup.create', {
  cli: ['backup', 'create'],
  args: [
    { name: 'name', kind: 'text', placeholder: 'NAME' },
    { name: 'to', kind: 'store', placeholder: 'FOLDER|DESTINATION' },
    { name: 'differential', kind: 'flag' },
    { name: 'passphrase', kind: 'flag' },
    { name: 'dry-run', kind: 'flag' },
  ],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup create',
    "kedge backup create --name 'before the update' --to /mnt/usb",
    'kedge backup create --differential',
    'kedge backup create --passphrase --to /mnt/usb',
    'kedge backup create --dry-run',
  ],
  async run(context, args) {
    const to = destination(args);
    const name = textOf(args, 'name');
    const where = to === undefined ? {} : { destination: to };
    if (flagOf(args, 'dry-run')) {
      const estimate = await context.call(backupEstimate, where, context.signal);
      return { kind: 'data', data: estimate, lines: estimateLines(estimate) };
    }
    const named = name === undefined ? where : { ...where, name };
    const order = flagOf(args, 'differential')
      ? { ...named, kind: 'differential' as const }
      : named;
    const locked = flagOf(args, 'passphrase')
      ? { ...order, secrets: { passphrase: await newPassphrase(context) } }
      : order;
    const { job } = await context.call(backupCreate, locked, context.signal);
    return { kind: 'job', job };
  },
});
