import { backupExtract } from '../../../protocol/methods/backup.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, listOf, requiredText } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const backupExtractCommand = defineCommand('backup.extract', {
  cli: ['backup', 'extract'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'path', kind: 'text', positional: true, many: true },
    { name: 'to', kind: 'path', placeholder: 'FOLDER', required: true },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup extract latest --to /tmp/all',
    'kedge backup extract 0f3a9c1e uploads/2026 conf --to /tmp/back',
  ],
  async run(context, args) {
    const order = {
      backup: await backupReference(context, args),
      paths: [...listOf(args, 'path')],
      folder: absolutePath(requiredText(args, 'to')),
      ...(await givenSecrets(context, args)),
    };
    const { job } = await context.call(backupExtract, order, context.signal);
    return { kind: 'job', job };
  },
});
