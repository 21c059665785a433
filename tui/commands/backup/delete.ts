import { basename } from 'node:path';
import type * as z from 'zod';
import { backupDelete } from '../../../protocol/methods/backup.ts';
import { reportTexts, retentionTexts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { namedBackup } from '../reference.ts';
import { backupLines } from '../report/backup-lines.ts';

function deletedLine({ deleted, trashed }: z.infer<typeof backupDelete.result>): string {
  if (trashed === undefined) return reportTexts.done.deleted(deleted);
  return retentionTexts.trashed(deleted, formatMoment(trashed.expiresAtMs));
}

export const backupDeleteCommand = defineCommand('backup.delete', {
  cli: ['backup', 'delete'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'confirm', kind: 'text', placeholder: 'FILE-NAME' },
    { name: 'everywhere', kind: 'flag' },
  ],
  when: 'hasBackups',
  danger: 'type-name',
  examples: [
    'kedge backup delete 0f3a9c1e',
    'kedge backup delete 0f3a9c1e --confirm clinic_2026-11-21T02-00-00+0100_full.tar.zst',
  ],
  confirmation: async (context, args) => basename((await namedBackup(context, args)).path),
  async run(context, args) {
    const backup = await namedBackup(context, args);
    if (args['confirm'] === undefined) context.show(backupLines(backup, context.now()));
    const confirmation = await typedConfirmation(context, args, basename(backup.path));
    const everywhere = flagOf(args, 'everywhere') ? { everywhere: true } : {};
    const order = { backup: backup.id, confirmation, ...everywhere };
    const data = await context.call(backupDelete, order, context.signal);
    const { stays = [] } = data;
    return {
      kind: 'data',
      data,
      lines: [deletedLine(data), ...stays.map(reportTexts.done.copyStays)],
    };
  },
});
