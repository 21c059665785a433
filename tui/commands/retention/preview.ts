import { retentionPreview } from '../../../protocol/methods/retention.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, textOf } from '../read-arguments.ts';
import { retentionLines } from '../report/retention-lines.ts';

export const retentionPreviewCommand = defineCommand('retention.preview', {
  cli: ['retention', 'preview'],
  args: [
    { name: 'schedule', kind: 'schedule' },
    { name: 'goes', kind: 'flag' },
  ],
  danger: 'none',
  reads: true,
  examples: ['kedge retention preview', 'kedge retention preview --schedule nightly --goes'],
  async run(context, args) {
    const schedule = textOf(args, 'schedule');
    const asked = schedule === undefined ? {} : { schedule };
    const { lines } = await context.call(retentionPreview, asked, context.signal);
    const shown = flagOf(args, 'goes') ? lines.filter(({ verdict }) => verdict === 'goes') : lines;
    return { kind: 'data', data: { lines: shown }, lines: retentionLines(shown, lines) };
  },
});
