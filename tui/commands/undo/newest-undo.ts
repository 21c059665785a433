import { KedgeError } from '../../../protocol/failures.ts';
import { undoList } from '../../../protocol/methods/restore.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { textOf } from '../read-arguments.ts';

/** The one that was named, or the newest that can be run. */
export async function chosenUndo(context: CommandContext, args: Arguments): Promise<string> {
  const given = textOf(args, 'undo');
  if (given !== undefined) return given;
  const { undos } = await context.call(undoList, {}, context.signal);
  const ready = undos.filter((undo) => undo.state === 'ready');
  const newest = ready.sort((a, b) => b.createdAtMs - a.createdAtMs)[0];
  if (newest !== undefined) return newest.id;
  throw new KedgeError('not-found', { what: 'undo', id: 'newest', list: 'undo' });
}
