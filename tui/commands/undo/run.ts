import { KedgeError } from '../../../protocol/failures.ts';
import { undoList, undoRun } from '../../../protocol/methods/restore.ts';
import type { CommandContext } from '../command.ts';
import { applicationName, typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';

export const undoRunCommand = defineCommand('undo.run', {
  cli: ['undo', 'run'],
  args: [
    { name: 'undo', kind: 'undo', positional: true },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
  ],
  when: 'hasUndos',
  danger: 'type-name',
  startsJob: true,
  examples: ['kedge undo run', 'kedge undo run 3 --confirm Clinic'],
  confirmation: async (context) => applicationName(context),
  async run(context, args) {
    const undo = textOf(args, 'undo') ?? (await newestUndo(context));
    const confirmation = await typedConfirmation(context, args, applicationName(context));
    const { job } = await context.call(undoRun, { undo, confirmation }, context.signal);
    return { kind: 'job', job };
  },
});

async function newestUndo(context: CommandContext): Promise<string> {
  const { undos } = await context.call(undoList, {}, context.signal);
  const ready = undos.filter((undo) => undo.state === 'ready');
  const newest = ready.sort((a, b) => b.createdAtMs - a.createdAtMs)[0];
  if (newest !== undefined) return newest.id;
  throw new KedgeError('not-found', { what: 'undo', id: 'newest', list: 'undo' });
}
