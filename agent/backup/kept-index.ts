import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeader } from '../archive/age/age-header.ts';
import { nonceSize, sealedSize, tagSize } from '../archive/age/chunk-cipher.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { openFileReader } from '../archive/file-reader.ts';
import type { RangedReader } from '../archive/ranged-reader.ts';
import {
  createFile,
  exists,
  makeFolder,
  removeFile,
  rename,
  syncFile,
  writeAt,
} from '../os/files.ts';

const suffix = '.index';
/** The newest full of each destination is what differentials are taken against. */
const kept = 8;
const copySize = 1 << 20;

/**
 * Keeps the end of a full that is open while it is made and never again: a file of the same length whose front
 * is a hole. What it lists can be read from it, and nothing that it holds.
 */
export async function keepIndex({ reader, header, end }: Archive, folder: string): Promise<void> {
  await makeFolder(folder);
  const path = join(folder, `${header.backupId}${suffix}`);
  const temporary = `${path}.new`;
  await removeFile(temporary);
  {
    await using file = await createFile(temporary);
    for (let at = end.locator.tailOffset; at < reader.sizeBytes; at += copySize) {
      const length = Math.min(copySize, reader.sizeBytes - at);
      await writeAt(file, temporary, await reader.read(at, length), at);
    }
    await syncFile(file, temporary);
  }
  await rename(temporary, path);
  await removeOld(folder);
}

/** What was kept of the full at `path`; undefined: nothing was, or another archive lies there now. */
export async function openKeptIndex(
  path: string,
  id: string,
  folder: string,
): Promise<RangedReader | undefined> {
  const index = join(folder, `${id}${suffix}`);
  if (!(await exists(index))) return undefined;
  await using opened = new AsyncDisposableStack();
  const reader = opened.use(await openFileReader(index));
  if (reader.sizeBytes !== (await contentBytesOf(path))) return undefined;
  opened.move();
  return { ...reader, path };
}

/** How much an encrypted archive holds, by its size. */
async function contentBytesOf(path: string): Promise<number> {
  await using file = await openFileReader(path);
  const { bytes } = await readHeader(file);
  const payload = file.sizeBytes - bytes.length - nonceSize;
  return payload - Math.ceil(payload / sealedSize) * tagSize;
}

async function removeOld(folder: string): Promise<void> {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  const dated = await Promise.all(
    paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })),
  );
  for (const { path } of dated.toSorted((a, b) => b.at - a.at).slice(kept)) await removeFile(path);
}
