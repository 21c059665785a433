import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeOperation } from './faults.ts';

/** A path as Node takes it; names that are not UTF-8 travel as bytes. */
export type Path = string | Buffer;

const shown = (path: Path): string => path.toString();

/** Creates a file that must not exist yet. */
export async function createFile(path: Path, mode = 0o600): Promise<fs.FileHandle> {
  beforeOperation('create', shown(path));
  return await fs.open(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, mode);
}

/** Opens a file that is there, to go on writing it. */
export async function openFile(path: Path): Promise<fs.FileHandle> {
  beforeOperation('open', shown(path));
  return await fs.open(path, constants.O_RDWR | constants.O_NOFOLLOW);
}

export async function writeAt(
  file: fs.FileHandle,
  path: Path,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  beforeOperation('write', shown(path));
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await naming(
      path,
      file.write(bytes, done, bytes.length - done, position + done),
    );
    done += bytesWritten;
  }
}

/** An open file does not know its path, and what failed without it helps nobody. */
export async function naming<T>(path: Path, work: Promise<T>): Promise<T> {
  return await work.catch((error: Error) => {
    throw Object.assign(error, { path: shown(path) });
  });
}

export async function truncateFile(
  file: fs.FileHandle,
  path: Path,
  sizeBytes: number,
): Promise<void> {
  beforeOperation('truncate', shown(path));
  await naming(path, file.truncate(sizeBytes));
}

export async function syncFile(file: fs.FileHandle, path: Path): Promise<void> {
  beforeOperation('fsync', shown(path));
  await naming(path, file.sync());
}

/** Makes creations, renames and removals in a folder durable. */
export async function syncFolder(path: Path): Promise<void> {
  beforeOperation('fsync folder', shown(path));
  await using folder = await fs.open(path, 'r');
  await naming(path, folder.sync());
}

/** Copies the bytes of a file to a name that must not exist yet. */
export async function copyFile(from: Path, to: Path): Promise<void> {
  beforeOperation('copy', shown(to));
  await fs.copyFile(from, to, constants.COPYFILE_EXCL);
}

/** Renames, replacing what is there. Durable only after `syncFolder` of the folders. */
export async function rename(from: Path, to: Path): Promise<void> {
  beforeOperation('rename', shown(from));
  await fs.rename(from, to);
}

/** Renames a file and fails with EEXIST where the name is taken: link and unlink, as Node has no renameat2. */
export async function renameExclusive(from: string, to: string): Promise<void> {
  beforeOperation('rename exclusive', from);
  try {
    await fs.link(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && noLinks.has(error.code))) throw error;
    await renameOverOwn(from, to);
    return;
  }
  beforeOperation('unlink', from);
  await fs.unlink(from);
}

/** What file systems without hard links answer: vfat and exfat EPERM, some network ones the others. */
const noLinks: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** The name is taken by an empty file of our own first; a crash in between leaves that, which is no archive. */
async function renameOverOwn(from: string, to: string): Promise<void> {
  await (await fs.open(to, 'wx')).close();
  beforeOperation('rename', from);
  await fs.rename(from, to);
}

export async function removeFile(path: Path): Promise<void> {
  beforeOperation('unlink', shown(path));
  await fs.rm(path, { force: true });
}

/** Removes a tree; nothing there is fine. */
export async function removeTree(path: string): Promise<void> {
  beforeOperation('remove tree', path);
  await fs.rm(path, { recursive: true, force: true });
}

export async function makeFolder(path: Path, mode = 0o700): Promise<void> {
  beforeOperation('mkdir', shown(path));
  await fs.mkdir(path, { recursive: true, mode });
}

/** The same, so that a power cut can't take the folder, or one made on the way to it, with what is synced in it. */
export async function makeFolderDurably(path: string, mode = 0o700): Promise<void> {
  beforeOperation('mkdir', path);
  const first = (await fs.mkdir(path, { recursive: true, mode })) ?? path;
  for (let made = path; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first) return;
  }
}

/** Replaces a small file so that a crash leaves the old or the new content, durably. `owner`: absent, one's own. */
export async function writeFileAtomic(
  path: string,
  content: string,
  mode = 0o600,
  owner?: { readonly uid: number; readonly gid: number },
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  await fs.rm(temporary, { force: true });
  {
    await using file = await createFile(temporary, mode);
    if (owner !== undefined) await file.chown(owner.uid, owner.gid);
    // Whatever the umask of this process is.
    await file.chmod(mode);
    await writeAt(file, temporary, Buffer.from(content), 0);
    await syncFile(file, temporary);
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Whether two paths lead to one file: over a link, or where a folder is mounted twice. False where one does not exist. */
export async function isSameFile(one: Path, other: Path): Promise<boolean> {
  if (!(await exists(one)) || !(await exists(other))) return false;
  const [a, b] = [await fs.stat(one), await fs.stat(other)];
  return a.dev === b.dev && a.ino === b.ino;
}

export async function exists(path: Path): Promise<boolean> {
  return await fs.lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}

/** Files that can still be made on the file system of a folder, of how many; undefined: it has no such limit. */
export async function filesLeftOf(
  path: string,
): Promise<{ free: number; total: number } | undefined> {
  const { files, ffree } = await fs.statfs(path);
  return files === 0 ? undefined : { free: ffree, total: files };
}

/** msdos and vfat, in statfs. */
const fatType = 0x4d44;

/** Bytes that one file can have at most on the file system of a folder; undefined: more than any archive has. */
export async function largestFileOn(path: string): Promise<number | undefined> {
  return (await fs.statfs(path)).type === fatType ? 2 ** 32 - 1 : undefined;
}

/** Bytes free for an unprivileged user on the file system of a folder, and its size. */
export async function spaceOf(path: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const stat = await fs.statfs(path);
  return { freeBytes: stat.bavail * stat.bsize, totalBytes: stat.blocks * stat.bsize };
}
