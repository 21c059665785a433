import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import { BaseMembers } from '../archive/base-members.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { RangedReader } from '../archive/ranged-reader.ts';
import type { FindBase } from '../chain/chain.ts';
import type { Config } from '../config/config.ts';
import type { Keys, Work } from '../os/work.ts';
import type { BackupOrder } from './backup-order.ts';
import { openKeptIndex } from './kept-index.ts';

/** The full that a differential is taken against. */
export interface OpenBase extends AsyncDisposable {
  readonly archive: Archive;
  readonly members: BaseMembers;
  /** Only its index is here: this opens it again. */
  readonly findIndex?: FindBase | undefined;
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
    const findIndex = await indexFinder(order, id, path, keys);
    const reader = (await findIndex?.()) ?? (await openArchiveFile(path, keys));
    const archive = await openArchive(opened.use(reader));
    const problem = problemOf(archive, id, order, config);
    if (problem !== undefined) return `"${path}" ${problem}`;
    const members = await BaseMembers.read(archive, findIndex !== undefined);
    if (members === undefined) return `two names in "${path}" can't be told apart`;
    const kept = opened.move();
    return { archive, members, findIndex, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  } catch (error) {
    return `the last full can't be used: ${wordFailure(failureOf(error)).message}`;
  }
}

/** For a full that is encrypted and closed to us, and whose index was kept when it was made. */
async function indexFinder(
  { indexFolder }: BackupOrder,
  id: string,
  path: string,
  keys: Keys,
): Promise<(() => Promise<RangedReader | undefined>) | undefined> {
  if (indexFolder === undefined) return undefined;
  const code = await openArchiveFile(path, keys).then(
    async (reader) => void (await reader[Symbol.asyncDispose]()),
    (error: unknown) => failureOf(error).code,
  );
  if (code !== 'key-missing') return undefined;
  const find = async () => await openKeptIndex(path, id, indexFolder);
  await using there = await find();
  return there === undefined ? undefined : find;
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
