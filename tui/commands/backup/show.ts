import { defineCommand } from '../define-command.ts';
import { namedBackup } from '../reference.ts';
import { backupLines } from '../report/backup-lines.ts';

export const backupShowCommand = defineCommand('backup.show', {
  cli: ['backup', 'show'],
  args: [{ name: 'backup', kind: 'backup', positional: true, required: true }],
  when: 'hasBackups',
  danger: 'none',
  examples: ['kedge backup show latest', 'kedge backup show 0f3a9c1e --json'],
  async run(context, args) {
    const backup = await namedBackup(context, args);
    return { kind: 'data', data: backup, lines: backupLines(backup) };
  },
});
