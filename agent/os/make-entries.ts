import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeOperation } from './faults.ts';
import type { Path } from './files.ts';

const run = promisify(execFile);

/** Creates one folder that must not exist yet. */
export async function makeNewFolder(path: Path, mode = 0o700): Promise<void> {
  beforeOperation('mkdir', path.toString());
  await fs.mkdir(path, { mode });
}

/** Removes a folder that holds nothing; one that holds something, or is not there, stays as it is. */
export async function removeEmptyFolder(path: string): Promise<void> {
  beforeOperation('rmdir', path);
  await fs.rmdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST')
      throw error;
  });
}

export async function makeSymlink(target: Path, path: Path): Promise<void> {
  beforeOperation('symlink', path.toString());
  await fs.symlink(target, path);
}

/** A second name for a file; link(2) does not follow a symlink at `existing`. */
export async function makeHardLink(existing: Path, path: Path): Promise<void> {
  beforeOperation('link', path.toString());
  await fs.link(existing, path);
}

/** Node has no mkfifo: the program makes it under a plain name, which then is renamed to the wanted bytes. */
export async function makeFifo(path: Path, temporary: string): Promise<void> {
  beforeOperation('mkfifo', path.toString());
  await run('mkfifo', ['-m', '600', '--', temporary]);
  await fs.rename(temporary, path);
}

/** Sets the length; what is beyond the old end reads as zeros and takes no space. */
export async function truncateFile(
  file: fs.FileHandle,
  path: Path,
  sizeBytes: number,
): Promise<void> {
  beforeOperation('truncate', path.toString());
  await file.truncate(sizeBytes);
}
