import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import {
  type BackupReference,
  backupList,
  backupShow,
  type Destination,
} from '../../protocol/methods/backup.ts';
import type { Arguments, CommandContext } from './command.ts';
import { absolutePath, requiredText, textOf } from './read-arguments.ts';

/** A backup as a person names it: an id, a name, "latest", or a path (which has a slash or ends in .zst or .zst.age). */
export async function backupReference(
  context: CommandContext,
  args: Arguments,
  name = 'backup',
): Promise<BackupReference> {
  const text = requiredText(args, name);
  if (text === 'latest') return { kind: 'id', id: await latestBackup(context) };
  if (looksLikePath(text)) return { kind: 'path', path: absolutePath(text) };
  return { kind: 'id', id: text };
}

export async function namedBackup(context: CommandContext, args: Arguments): Promise<Backup> {
  const backup = await backupReference(context, args);
  return (await context.call(backupShow, { backup }, context.signal)).backup;
}

/** A destination as a person names it: a store by name, or any folder. */
export function destination(args: Arguments): Destination | undefined {
  const text = textOf(args, 'to');
  return text === undefined ? undefined : destinationOf(text);
}

export function destinationOf(text: string): Destination {
  if (/[/~.]/.test(text)) return { kind: 'folder', folder: absolutePath(text) };
  return { kind: 'store', store: text };
}

const pageSize = 50;

/** The newest that was made for its own sake: what a restore took for safety is what it took away. */
async function latestBackup(context: CommandContext): Promise<string> {
  for (let offset = 0; ; offset += pageSize) {
    const page = { offset, limit: pageSize };
    const { backups } = await context.call(backupList, page, context.signal);
    const newest = backups.find(({ origin }) => origin !== 'safety');
    if (newest !== undefined) return newest.id;
    if (backups.length < pageSize) break;
  }
  throw new KedgeError('not-found', { what: 'backup', id: 'latest', list: 'backup' });
}

function looksLikePath(text: string): boolean {
  return text.includes('/') || text.startsWith('~') || /\.zst(\.age)?$/.test(text);
}
