import { trashList } from '../../../protocol/methods/retention.ts';
import { defineCommand } from '../define-command.ts';
import { trashTable } from '../report/retention-lines.ts';

export const trashListCommand = defineCommand('trash.list', {
  cli: ['trash', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge trash list'],
  async run(context) {
    const data = await context.call(trashList, {}, context.signal);
    return { kind: 'data', data, lines: trashTable(data.trashed) };
  },
});
