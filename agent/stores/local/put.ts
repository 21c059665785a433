import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { splitArchiveName } from '../../archive/archive-suffix.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import {
  createFile,
  openFile,
  removeFile,
  renameExclusive,
  syncFile,
  syncFolder,
} from '../../os/files.ts';
import type { PendingArchive } from '../store.ts';
import { partialName } from './partials.ts';

/** Starts an archive in a folder under a name that no list shows. */
export async function putInFolder(folder: string, backupId: string): Promise<PendingArchive> {
  const path = join(folder, partialName(backupId));
  const file = await createFile(path).catch((error: unknown) => {
    throw closedFolder(folder, error);
  });
  return pendingArchive(folder, path, file);
}

/** Goes on with one that lies there under that name; undefined: there is none. */
export async function resumeInFolder(
  folder: string,
  backupId: string,
): Promise<PendingArchive | undefined> {
  const path = join(folder, partialName(backupId));
  const file = await openFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw closedFolder(folder, error);
  });
  return file === undefined ? undefined : pendingArchive(folder, path, file);
}

function pendingArchive(folder: string, path: string, file: FileHandle): PendingArchive {
  let committed = false;
  return {
    file,
    path,
    async commit(fileName, prove) {
      await syncFile(file, path);
      await prove(path);
      const final = await takeName(path, join(folder, fileName));
      committed = true;
      await syncFolder(folder);
      return final;
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      if (!committed) await removeFile(path);
    },
  };
}

/** A folder that Kedge may not write to; other errors stay what they are. */
function closedFolder(folder: string, error: unknown): unknown {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) return error;
  const params = { operation: 'write to', path: folder, cause: errorMessage(error) };
  return new KedgeError('io-failed', params, { cause: error });
}

async function takeName(partial: string, wanted: string): Promise<string> {
  const { stem, suffix } = splitArchiveName(wanted);
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? wanted : `${stem}-${count}${suffix}`;
    try {
      await renameExclusive(partial, path);
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Removes an archive durably. */
export async function removeFromFolder(path: string): Promise<void> {
  await removeFile(path);
  await syncFolder(dirname(path));
}
