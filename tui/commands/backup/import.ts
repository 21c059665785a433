import { backupImport } from '../../../protocol/methods/copy.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, flagOf, requiredText } from '../read-arguments.ts';

export const backupImportCommand = defineCommand('backup.import', {
  cli: ['backup', 'import'],
  args: [
    { name: 'folder', kind: 'path', positional: true, required: true },
    { name: 'store', kind: 'store', positional: true, required: true },
    { name: 'move', kind: 'flag' },
  ],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: [
    'kedge backup import /mnt/old-server local',
    'kedge backup import /mnt/usb local --move',
  ],
  async run(context, args) {
    const order = {
      folder: absolutePath(requiredText(args, 'folder')),
      store: requiredText(args, 'store'),
      move: flagOf(args, 'move'),
    };
    const { job } = await context.call(backupImport, order, context.signal);
    return { kind: 'job', job };
  },
});
