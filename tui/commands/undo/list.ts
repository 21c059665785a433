import { undoList } from '../../../protocol/methods/restore.ts';
import { defineCommand } from '../define-command.ts';
import { undoTable } from '../report/undo-lines.ts';

export const undoListCommand = defineCommand('undo.list', {
  cli: ['undo', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge undo list'],
  async run(context) {
    const data = await context.call(undoList, {}, context.signal);
    return { kind: 'data', data, lines: undoTable(data.undos) };
  },
});
