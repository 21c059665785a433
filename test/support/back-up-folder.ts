import { basename } from 'node:path';
import { fileOutput } from '../../agent/archive/archive-output.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { type ArchiveIdentity, openArchiveWriter } from '../../agent/archive/archive-writer.ts';
import { BaseMembers } from '../../agent/archive/base-members.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { createFile } from '../../agent/os/files.ts';
import { restoreFiles } from '../../agent/sources/files/restore.ts';
import { openFiles } from '../../agent/sources/files/source.ts';
import type { IsKnown } from '../../agent/sources/source.ts';
import type { Gap } from '../../protocol/domain/backup.ts';
import { identity } from './archives.ts';
import { recordedWork } from './recorded-work.ts';

export interface FolderBackup {
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
  readonly log: readonly string[];
}

/** Backs a folder up into an archive, as source `uploads`. */
export async function backUpFolder(folder: string, path: string): Promise<FolderBackup> {
  return await takeFolder(folder, path, identity, undefined);
}

/** The same as a differential against the full in `basePath`. */
export async function backUpChanges(
  folder: string,
  path: string,
  basePath: string,
): Promise<FolderBackup> {
  await using reader = await openFileReader(basePath);
  const archive = await openArchive(reader);
  const members = await BaseMembers.read(archive);
  if (members === undefined) throw new Error('the base is no base');
  const base = {
    id: archive.header.backupId,
    indexSha256: archive.indexSha256,
    fileName: basename(basePath),
  };
  const own = { ...identity, backupId: 'd1ff9c1e5b7d2468', kind: 'differential', base } as const;
  return await takeFolder(folder, path, own, members);
}

async function takeFolder(
  folder: string,
  path: string,
  as: ArchiveIdentity,
  base: BaseMembers | undefined,
): Promise<FolderBackup> {
  const work = recordedWork();
  // Later than all that a test does, so that what a full has seen is not looked at again.
  const capturedAtNs = BigInt(Date.now() + 3_600_000) * 1_000_000n;
  const source = openFiles('uploads', { engine: 'files', path: folder });
  await using file = await createFile(path);
  const output = fileOutput(file, path);
  await using writer = await openArchiveWriter(
    output,
    path,
    { ...as, capturedAtNs },
    work.signal,
    base,
  );
  await using capture = await source.capture(work);
  const isKnown: IsKnown = (header, asked) => base?.isKnown(header, asked) === true;
  for await (const member of capture.members(work.signal, isKnown)) {
    await writer.add({ ...member, engine: 'files' }, () => undefined);
  }
  const { gaps, notes = [] } = capture;
  await writer.finish({ outcome: 'complete', gaps, notes, attributes: notes.length === 0 });
  return { gaps, notes, log: work.logged };
}

/** Restores it, with the full beside it, to a folder that is not there yet; what did not come back. */
export async function restoreFolder(path: string, folder: string): Promise<readonly string[]> {
  const { signal } = recordedWork();
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const restore = restoreFiles('uploads', { engine: 'files', path: folder });
  const { members, content } = chain;
  const archived = { name: 'uploads', gaps: [], members, content };
  const item = { live: folder, incoming: folder, outgoing: `${folder}.old` };
  return await restore.stage(archived, [item], { job: 1, signal, scratch: '' }, () => undefined);
}
