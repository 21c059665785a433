import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableListing } from '../../protocol/domain/table-page.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { IndexMember } from '../archive/archive-reader.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { namingSpace, refuseWithoutSpace } from '../backup/space.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { checkedContent } from '../chain/checked-content.ts';
import { findBaseIn } from '../chain/find-base.ts';
import { makeFolder, removeTree } from '../os/files.ts';
import type { Keys } from '../os/work.ts';
import { tableReaderOf } from '../sources/source-kinds.ts';
import type { TableReader } from '../sources/table-reader.ts';
import { writeMemberFile } from '../sources/write-member.ts';

/** Which database of which backup. */
export interface DatabaseOrder {
  readonly archive: string;
  /** Where its full may lie. */
  readonly stores: readonly string[];
  readonly keys: Keys;
  readonly source: string;
}

/** A database of a backup, unpacked to be read; gone when it is disposed of. */
export interface UnpackedDatabase extends AsyncDisposable {
  readonly path: string;
  readonly reader: TableReader;
  /** Counted once: it never changes. */
  tables(): readonly TableListing[];
}

/** Left free, so that Kedge can still write its own records. */
const spareBytes = 64 << 20;

/** Into `folder`, where nothing else is. Fails with no-space before anything is written. */
export async function unpackDatabase(
  order: DatabaseOrder,
  folder: string,
  signal: AbortSignal,
): Promise<UnpackedDatabase> {
  const { archive, stores, keys, source } = order;
  await using opened = await openArchiveFile(archive, keys);
  await using chain = await openChain(opened, findBaseIn(archive, stores, keys));
  const { member, reader } = await databaseOf(chain, source);
  const path = join(folder, 'then.db');
  await removeTree(folder);
  await makeFolder(folder);
  try {
    await refuseWithoutSpace([{ folder, bytes: member.sizeBytes + spareBytes }]);
    await writeMemberFile(path, member, checkedContent(chain, member, signal), () =>
      signal.throwIfAborted(),
    );
  } catch (error) {
    const named = await namingSpace(error, folder, 0);
    await removeTree(folder);
    throw named;
  }
  let listing: readonly TableListing[] | undefined;
  return {
    path,
    reader,
    tables: () => (listing ??= reader.listTables(path)),
    [Symbol.asyncDispose]: async () => await removeTree(folder),
  };
}

async function databaseOf(
  chain: Chain,
  source: string,
): Promise<{ readonly member: IndexMember; readonly reader: TableReader }> {
  const inside = Buffer.from(`${source}/`);
  for await (const member of chain.members()) {
    const reader = tableReaderOf(member.engine ?? '');
    if (reader === undefined || member.kind !== 'file') continue;
    if (member.name.subarray(0, inside.length).equals(inside)) return { member, reader };
  }
  const what = 'database in this backup';
  throw new KedgeError('not-found', { what, id: source, list: 'backup' });
}

/** Tells apart what would be unpacked; another archive may have come to the same place since. */
export async function markOf({ archive, keys, source }: DatabaseOrder): Promise<string> {
  const { size, mtimeMs, ino } = await stat(archive);
  return JSON.stringify([archive, size, mtimeMs, ino, source, keys.identities, keys.passphrase]);
}
