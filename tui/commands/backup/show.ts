import { backupShow } from '../../../protocol/methods/backup.ts';
import { defineCommand } from '../define-command.ts';
import { backupReference } from '../reference.ts';
import { backupLines } from '../report/backup-lines.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const backupShowCommand = defineCommand('backup.show', {
  cli: ['backup', 'show'],
  args: [{ name: 'backup', kind: 'backup', positional: true, required: true }, ...secretArguments],
  when: 'hasBackups',
  danger: 'none',
  reads: true,
  examples: ['kedge backup show latest', 'kedge backup show 0f3a9c1e --json'],
  async run(context, args) {
    const query = { backup: await backupReference(context, args) };
    const asked = { ...query, ...(await givenSecrets(context, args)) };
    const { backup } = await context.call(backupShow, asked, context.signal);
    return { kind: 'data', data: backup, lines: backupLines(backup, context.now()) };
  },
});
