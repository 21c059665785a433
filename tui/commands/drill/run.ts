import { drillRun } from '../../../protocol/methods/drill.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

export const drillCommand = defineCommand('drill', {
  cli: ['drill'],
  args: [
    { name: 'backup', kind: 'backup', positional: true },
    { name: 'no-probe', kind: 'flag' },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  startsJob: true,
  examples: ['kedge drill', 'kedge drill 0f3a9c1e --no-probe', 'kedge drill latest --json'],
  async run(context, args) {
    const named = { ...args, backup: args['backup'] ?? 'latest' };
    const order = {
      backup: await backupReference(context, named),
      ...(flagOf(args, 'no-probe') ? { probe: false } : {}),
      ...(await givenSecrets(context, args)),
    };
    const { job } = await context.call(drillRun, order, context.signal);
    return { kind: 'job', job };
  },
});
