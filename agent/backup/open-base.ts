import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import { BaseMembers } from '../archive/base-members.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import type { BackupOrder } from './backup-order.ts';

/** The full that a differential is taken against. */
export interface OpenBase extends AsyncDisposable {
  readonly archive: Archive;
  readonly members: BaseMembers;
}

/** Opens the full that was chosen; a text says why no differential can be taken against it. */
export async function openBase(
  order: BackupOrder,
  config: Config,
  { keys = noKeys }: Work,
): Promise<OpenBase | string> {
  const { differential } = order;
  if (differential === undefined) return 'a full was asked for';
  if ('whyFull' in differential) return differential.whyFull;
  const { id, path } = differential.base;
  await using opened = new AsyncDisposableStack();
  try {
    const archive = await openArchive(opened.use(await openArchiveFile(path, keys)));
    const problem = problemOf(archive, id, order, config);
    if (problem !== undefined) return `"${path}" ${problem}`;
    const members = await BaseMembers.read(archive);
    if (members === undefined) return `two names in "${path}" can't be told apart`;
    const kept = opened.move();
    return { archive, members, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  } catch (error) {
    return `the last full can't be used: ${wordFailure(failureOf(error)).message}`;
  }
}

function problemOf(
  { header }: Archive,
  id: string,
  order: BackupOrder,
  config: Config,
): string | undefined {
  if (header.backupId !== id) return `is not the full ${id} any more`;
  if (header.kind !== 'full') return 'is no full';
  if (header.installation !== order.installation) return 'was made by another installation';
  const { id: application } = config.application;
  return header.application.id === application ? undefined : 'is of another application';
}
