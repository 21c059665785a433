import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { checkpointList } from '../../../protocol/methods/checkpoint.ts';
import { checkpointTexts } from '../../texts/texts.ts';
import { formatDistance, formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { shortIdLength, stateWords } from '../report/backup-lines.ts';
import { table } from '../table.ts';

export const checkpointListCommand = defineCommand('checkpoint.list', {
  cli: ['checkpoint', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge checkpoint list', 'kedge checkpoint list --json'],
  async run(context) {
    const data = await context.call(checkpointList, {}, context.signal);
    const lines =
      data.checkpoints.length === 0
        ? [checkpointTexts.none]
        : checkpointTable(data.checkpoints, context.now());
    return { kind: 'data', data, lines };
  },
});

function checkpointTable(checkpoints: readonly Backup[], nowMs: number): readonly string[] {
  const rows = checkpoints.map((backup) => [
    backup.id.slice(0, shortIdLength),
    formatMoment(backup.capturedAtMs),
    formatDistance(backup.capturedAtMs, nowMs),
    stateWords(backup, nowMs),
    basename(backup.path).replace(/\.tar\.zst(\.age)?$/, ''),
  ]);
  const titles = ['ID', 'TAKEN', 'AGE', 'STATE', 'CHECKPOINT'];
  return [
    ...table(
      titles.map((title) => ({ title })),
      rows,
    ),
    checkpointTexts.jumpWith,
  ];
}
