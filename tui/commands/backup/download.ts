import { basename } from 'node:path';
import { backupShow } from '../../../protocol/methods/backup.ts';
import { download } from '../../client/download.ts';
import { downloadTarget } from '../../host/download-target.ts';
import { openPartialFile, refuseExisting, refuseWithoutSpace } from '../../host/partial-file.ts';
import { transferTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { fields } from '../table.ts';

export const backupDownloadCommand = defineCommand('backup.download', {
  cli: ['backup', 'download'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'to', kind: 'path', placeholder: 'FOLDER|FILE' },
  ],
  when: 'hasBackups',
  danger: 'none',
  reads: true,
  examples: ['kedge backup download latest', 'kedge backup download 0f3a9c1e --to /mnt/usb/'],
  async run(context, args) {
    const reference = await backupReference(context, args);
    const query = { backup: reference };
    const { backup } = await context.call(backupShow, query, context.signal);
    const name = basename(backup.path);
    const to = textOf(args, 'to') ?? './';
    const target = await downloadTarget(absolutePath(to), to.endsWith('/'), name, backup.id);
    await refuseExisting(target.final);
    const sha256 = await context.watch(async (report) => {
      await using file = await openPartialFile(target.partial);
      const { overLinks, now } = context;
      const { sizeBytes } = backup;
      await refuseWithoutSpace(target.final, sizeBytes - file.sizeBytes());
      const options = { overLinks, backup: reference, name, sizeBytes, report, now };
      const found = await download(file, options, context.signal).catch((error: unknown) => {
        if (context.signal.aborted && file.sizeBytes() > 0)
          context.note(transferTexts.goesOn(file.path));
        throw error;
      });
      await file.finish(target.final);
      return found;
    });
    const data = { path: target.final, sizeBytes: backup.sizeBytes, sha256, backup: backup.id };
    const lines = [transferTexts.downloaded(target.final), ...fields([['SHA-256', sha256]])];
    return { kind: 'data', data, lines };
  },
});
