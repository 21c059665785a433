import { checkpointCreate } from '../../../protocol/methods/checkpoint.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { listOf, textOf } from '../read-arguments.ts';
import { destination } from '../reference.ts';

/** The command line does more of it: it waits for the verification, and runs what follows "--". */
export const checkpointCommand = defineCommand('checkpoint', {
  cli: ['checkpoint'],
  args: [
    { name: 'name', kind: 'text', positional: true, required: true },
    { name: 'command', kind: 'text', positional: true, many: true, afterDashes: true },
    { name: 'to', kind: 'store', placeholder: 'FOLDER|DESTINATION' },
  ],
  when: 'configured',
  danger: 'none',
  startsJob: true,
  examples: [
    "kedge checkpoint 'before 4.3 update'",
    "kedge checkpoint 'before 4.3 update' -- ./update.sh --to 4.3",
    'kedge checkpoint -- apt-get -y upgrade',
  ],
  run: async (context, args) => ({ kind: 'job', job: await orderCheckpoint(context, args) }),
});

/** The number of the job that takes it. Without a name it is called by the command that follows. */
export async function orderCheckpoint(context: CommandContext, args: Arguments): Promise<number> {
  const name = textOf(args, 'name') ?? `before ${listOf(args, 'command').join(' ')}`;
  const to = destination(args);
  const order = {
    name: name.slice(0, nameLimit),
    ...(to === undefined ? {} : { destination: to }),
  };
  const { job } = await context.call(checkpointCreate, order, context.signal);
  return job;
}

/** What the protocol takes, characters. */
const nameLimit = 120;
