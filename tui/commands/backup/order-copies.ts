import { KedgeError } from '../../../protocol/failures.ts';
import { backupCopy } from '../../../protocol/methods/copy.ts';
import { cliTexts } from '../../texts/english/cli-texts.ts';
import type { Argument, Arguments, CommandContext, CommandOutcome } from '../command.ts';
import { absolutePath, listOf, textOf } from '../read-arguments.ts';
import { destinationOf } from '../reference.ts';
import { backupsBefore, wantedBefore } from './select-backups.ts';

/** What a copy and a move are told: backups one by one or all older ones, and where to, which may stand last. */
export const copyArguments: readonly Omit<Argument, 'description'>[] = [
  {
    name: 'backup',
    kind: 'backup',
    positional: true,
    many: true,
    unless: 'older-than',
    placeholder: 'ID... DESTINATION',
  },
  { name: 'to', kind: 'store', unless: 'all-before', placeholder: 'FOLDER|DESTINATION' },
  { name: 'older-than', kind: 'text', placeholder: 'AGE' },
  { name: 'all-before', kind: 'text', placeholder: 'DATE' },
  { name: 'schedule', kind: 'schedule', placeholder: 'NAME' },
];

/** Starts the job; the same for a copy and a move. */
export async function orderCopies(
  context: CommandContext,
  args: Arguments,
  move: boolean,
): Promise<CommandOutcome> {
  const words = [...listOf(args, 'backup')];
  const where = textOf(args, 'to') ?? words.pop();
  if (where === undefined) throw missing('destination', move);
  const before = wantedBefore(args, context);
  const backups =
    before === undefined
      ? words.map(nameOrPath)
      : await backupsBefore(context, before, where, textOf(args, 'schedule'));
  if (backups.length === 0 && before === undefined) throw missing('backup', move);
  if (backups.length === 0) {
    const id = textOf(args, 'older-than') ?? textOf(args, 'all-before') ?? '';
    throw new KedgeError('not-found', { what: 'backup older than', id, list: 'backup' });
  }
  const order = { backups: [...backups], to: destinationOf(where), move };
  const { job } = await context.call(backupCopy, order, context.signal);
  return { kind: 'job', job };
}

function nameOrPath(text: string): string {
  return text.includes('/') || text.startsWith('~') ? absolutePath(text) : text;
}

function missing(what: string, move: boolean): KedgeError {
  const usage = `kedge backup ${move ? 'move' : 'copy'} ID... DESTINATION`;
  return new KedgeError('bad-argument', { what, problem: cliTexts.missing(usage) });
}
