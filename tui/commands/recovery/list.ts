import { recoveryList } from '../../../protocol/methods/recovery.ts';
import { defineCommand } from '../define-command.ts';
import { recoveryLines } from '../report/recovery-lines.ts';

export const recoveryListCommand = defineCommand('recovery.list', {
  cli: ['recovery', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge recovery list', 'kedge recovery list --json'],
  async run(context) {
    const data = await context.call(recoveryList, {}, context.signal);
    return { kind: 'data', data, lines: recoveryLines(data.recoveries) };
  },
});
