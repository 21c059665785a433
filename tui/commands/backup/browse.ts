import { backupBrowse } from '../../../protocol/methods/backup.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import { pageNote, table } from '../table.ts';

export const backupBrowseCommand = defineCommand('backup.browse', {
  cli: ['backup', 'browse'],
  args: [
    { name: 'backup', kind: 'backup', positional: true, required: true },
    { name: 'path', kind: 'text', positional: true },
    { name: 'limit', kind: 'number', placeholder: 'N' },
    { name: 'offset', kind: 'number', placeholder: 'N' },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  reads: true,
  examples: ['kedge backup browse latest', 'kedge backup browse 0f3a9c1e uploads/2026'],
  async run(context, args) {
    const query = {
      backup: await backupReference(context, args),
      path: (textOf(args, 'path') ?? '').replace(/^\/+|\/+$/g, ''),
      limit: numberOf(args, 'limit', 200),
      offset: numberOf(args, 'offset', 0, 0),
      ...(await givenSecrets(context, args)),
    };
    const data = await context.call(backupBrowse, query, context.signal);
    const rows = data.entries.map((entry) => [
      entry.kind === 'file' ? formatBytes(entry.sizeBytes) : entry.kind,
      formatMoment(entry.modifiedMs),
      entry.name,
    ]);
    const columns = [
      { title: 'SIZE', align: 'right' },
      { title: 'CHANGED' },
      { title: 'NAME' },
    ] as const;
    const note = pageNote(query.offset, rows.length, data.total);
    const lines =
      rows.length === 0 ? [reportTexts.none.entries] : [...table(columns, rows), ...note];
    return { kind: 'data', data, lines };
  },
});
