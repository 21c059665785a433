import { backupList } from '../../../protocol/methods/backup.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, textOf } from '../read-arguments.ts';
import { backupTable } from '../report/backup-lines.ts';
import { pageNote } from '../table.ts';

export const backupListCommand = defineCommand('backup.list', {
  cli: ['backup', 'list'],
  args: [
    { name: 'filter', kind: 'text', placeholder: 'TEXT' },
    { name: 'limit', kind: 'number', placeholder: 'N' },
    { name: 'offset', kind: 'number', placeholder: 'N' },
  ],
  danger: 'none',
  reads: true,
  examples: ['kedge backup list', 'kedge backup list --filter usb --json'],
  async run(context, args) {
    const filter = textOf(args, 'filter');
    const page = {
      limit: numberOf(args, 'limit', 50),
      offset: numberOf(args, 'offset', 0, 0),
      ...(filter === undefined ? {} : { filter }),
    };
    const data = await context.call(backupList, page, context.signal);
    const lines =
      data.backups.length === 0
        ? [reportTexts.none.backups]
        : [
            ...backupTable(data.backups, context.now()),
            ...pageNote(page.offset, data.backups.length, data.total),
          ];
    return { kind: 'data', data, lines };
  },
});
