import { fileOutput } from '../../agent/archive/archive-output.ts';
import { type Archive, openArchive } from '../../agent/archive/archive-reader.ts';
import { openArchiveWriter } from '../../agent/archive/archive-writer.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { createFile } from '../../agent/os/files.ts';
import { restoreFiles } from '../../agent/sources/files/restore.ts';
import { openFiles } from '../../agent/sources/files/source.ts';
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
  const work = recordedWork();
  const source = openFiles('uploads', { engine: 'files', path: folder });
  await using file = await createFile(path);
  const output = fileOutput(file, path);
  await using writer = await openArchiveWriter(output, path, identity, work.signal);
  await using capture = await source.capture(work);
  for await (const member of capture.members(work.signal)) {
    await writer.add({ ...member, engine: 'files' }, () => undefined);
  }
  const { gaps, notes = [] } = capture;
  await writer.finish({ outcome: 'complete', gaps, notes });
  return { gaps, notes, log: work.logged };
}

/** Restores it to a folder that is not there yet; what did not come back. */
export async function restoreFolder(path: string, folder: string): Promise<readonly string[]> {
  await using reader = await openFileReader(path);
  return await stageFolder(await openArchive(reader), folder);
}

export async function stageFolder(
  archive: Pick<Archive, 'members' | 'content'>,
  folder: string,
): Promise<readonly string[]> {
  const { signal } = recordedWork();
  const restore = restoreFiles('uploads', { engine: 'files', path: folder });
  const archived = { name: 'uploads', gaps: [], ...archive };
  const item = { live: folder, incoming: folder, outgoing: `${folder}.old` };
  return await restore.stage(archived, [item], signal, () => undefined);
}
