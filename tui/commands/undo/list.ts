import type { Undo } from '../../../protocol/domain/restore.ts';
import { undoList } from '../../../protocol/methods/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { table } from '../table.ts';

export const undoListCommand = defineCommand('undo.list', {
  cli: ['undo', 'list'],
  args: [],
  danger: 'none',
  examples: ['kedge undo list'],
  async run(context) {
    const data = await context.call(undoList, {}, context.signal);
    return { kind: 'data', data, lines: undoLines(data.undos) };
  },
});

function undoLines(undos: readonly Undo[]): readonly string[] {
  if (undos.length === 0) return [reportTexts.none.undos];
  return table(
    [
      { title: 'UNDO' },
      { title: 'STATE' },
      { title: 'MADE' },
      { title: 'EXPIRES' },
      { title: 'SIZE', align: 'right' },
      { title: 'TITLE' },
    ],
    undos.map((undo) => [
      undo.id,
      undo.state,
      formatMoment(undo.createdAtMs),
      formatMoment(undo.expiresAtMs),
      formatBytes(undo.bytes),
      undo.title,
    ]),
  );
}
