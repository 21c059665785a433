import { KedgeError } from '../../../protocol/failures.ts';
import { recoveryGiveUp, recoveryList } from '../../../protocol/methods/recovery.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf } from '../read-arguments.ts';
import { recoveryLines } from '../report/recovery-lines.ts';

export const recoveryGiveUpCommand = defineCommand('recovery.give-up', {
  cli: ['recovery', 'give-up'],
  args: [
    { name: 'recovery', kind: 'recovery', positional: true, required: true },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
  ],
  when: 'hasLostRecoveries',
  danger: 'type-name',
  startsJob: true,
  examples: ['kedge recovery give-up 12', 'kedge recovery give-up 12 --confirm Clinic'],
  confirmation: async (context, args) => (await find(context, args)).application,
  async run(context, args) {
    const recovery = await find(context, args);
    context.show(recoveryLines([recovery]));
    const confirmation = await typedConfirmation(context, args, recovery.application);
    const order = { job: recovery.job, confirmation };
    const { job } = await context.call(recoveryGiveUp, order, context.signal);
    return { kind: 'job', job };
  },
});

async function find(context: CommandContext, args: Arguments) {
  const id = numberOf(args, 'recovery', 0);
  const { recoveries } = await context.call(recoveryList, {}, context.signal);
  const found = recoveries.find(({ job }) => job === id);
  if (found === undefined)
    throw new KedgeError('not-found', { what: 'recovery', id, list: 'recovery' });
  return found;
}
