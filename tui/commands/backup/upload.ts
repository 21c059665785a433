import { upload } from '../../client/upload.ts';
import { openArchiveFile } from '../../host/archive-file.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, requiredText, textOf } from '../read-arguments.ts';

export const backupUploadCommand = defineCommand('backup.upload', {
  cli: ['backup', 'upload'],
  args: [
    { name: 'file', kind: 'path', positional: true, required: true },
    { name: 'to', kind: 'store', placeholder: 'DESTINATION' },
  ],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup upload clinic_2026-11-21T02-00-00+0330_full.tar.zst',
    'kedge backup upload /mnt/usb/clinic_full.tar.zst --to usb',
  ],
  async run(context, args) {
    const path = absolutePath(requiredText(args, 'file'));
    const { call, overLinks, now } = context;
    const job = await context.watch(async (report) => {
      await using file = await openArchiveFile(path);
      const options = { call, overLinks, store: textOf(args, 'to'), report, now };
      return await upload(file, options, context.signal);
    });
    return { kind: 'job', job };
  },
});
