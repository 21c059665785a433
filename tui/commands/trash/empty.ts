import type { TrashedBackup } from '../../../protocol/domain/retention.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { trashEmpty, trashList } from '../../../protocol/methods/retention.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { retentionTexts } from '../../texts/texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { nameOf, trashTable } from '../report/retention-lines.ts';

export const trashEmptyCommand = defineCommand('trash.empty', {
  cli: ['trash', 'empty'],
  args: [
    { name: 'backup', kind: 'text', positional: true },
    { name: 'confirm', kind: 'text', placeholder: 'NUMBER|FILE-NAME' },
  ],
  danger: 'type-name',
  examples: ['kedge trash empty', 'kedge trash empty --confirm 12', 'kedge trash empty 0f3a9c1e'],
  confirmation: async (context, args) => expectedFor(await going(context, args), args),
  async run(context, args) {
    const goes = await going(context, args);
    const backup = textOf(args, 'backup');
    if (goes.length === 0) {
      return { kind: 'data', data: { removed: [], bytes: 0 }, lines: [retentionTexts.emptyTrash] };
    }
    if (args['confirm'] === undefined) context.show(trashTable(goes));
    const confirmation = await typedConfirmation(context, args, expectedFor(goes, args));
    const order = backup === undefined ? { confirmation } : { backup, confirmation };
    const data = await context.call(trashEmpty, order, context.signal);
    const line = retentionTexts.removed(data.removed.length, formatBytes(data.bytes));
    return { kind: 'data', data, lines: [line] };
  },
});

/** What was named, the last that went of it first; without a name all. */
async function going(context: CommandContext, args: Arguments): Promise<readonly TrashedBackup[]> {
  const { trashed } = await context.call(trashList, {}, context.signal);
  const asked = textOf(args, 'backup');
  if (asked === undefined) return trashed;
  const found = trashed.filter(
    (one) => one.backup.id.startsWith(asked) || nameOf(one) === asked || one.path === asked,
  );
  if (found.length > 0) return found;
  throw new KedgeError('not-found', { what: 'deleted backup', id: asked, list: 'trash' });
}

function expectedFor(goes: readonly TrashedBackup[], args: Arguments): string {
  const [first] = goes;
  const isOne = textOf(args, 'backup') !== undefined && first !== undefined;
  return isOne ? nameOf(first) : String(goes.length);
}
