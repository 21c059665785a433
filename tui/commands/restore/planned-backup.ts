import { KedgeError } from '../../../protocol/failures.ts';
import type { BackupReference } from '../../../protocol/methods/backup.ts';
import { momentTexts } from '../../texts/texts.ts';
import type { Argument, Arguments, CommandContext } from '../command.ts';
import { textOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { readMoment } from './read-moment.ts';

export const atArgument = { name: 'at', kind: 'text', placeholder: 'MOMENT' } as const;

/** What a plan is made of: a backup, or the newest good one at or before a moment. */
export const wantedArguments = [
  { name: 'backup', kind: 'backup', positional: true, unless: atArgument.name },
  atArgument,
] as const satisfies readonly Omit<Argument, 'description'>[];

export async function wantedBackup(
  context: CommandContext,
  args: Arguments,
): Promise<{ readonly backup: BackupReference } | { readonly atMs: number }> {
  const at = textOf(args, 'at');
  if (at === undefined) return { backup: await backupReference(context, args) };
  if (textOf(args, 'backup') !== undefined) {
    throw new KedgeError('bad-argument', { what: 'backup', problem: momentTexts.eitherOr });
  }
  return { atMs: readMoment(at, context.now(), context.note) };
}
