import { KedgeError } from './failures.ts';

/**
 * The failure of an error of the system that kept Kedge from its own files in a folder. Of any other error undefined;
 * `error.path`, where it has one, is more exact than the folder.
 */
export function ownFolderFailure(error: unknown, folder: string): KedgeError | undefined {
  if (!(error instanceof Error) || error instanceof KedgeError) return undefined;
  const code = textOf(error, 'code');
  const path = textOf(error, 'path') ?? textOf(error, 'address') ?? folder;
  if (isFull(code)) return new KedgeError('own-folder-full', { path: folder }, { cause: error });
  const cause = causes[code ?? ''];
  if (cause === undefined) return undefined;
  return new KedgeError('own-folder-unusable', { path, cause }, { cause: error });
}

const isFull = (code: string | undefined): boolean =>
  ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'].includes(code ?? '');

const notAllowed = 'this user may not write there';
const notAFolder = 'a file lies where a folder must be';

const causes: Readonly<Record<string, string>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  SQLITE_READONLY: notAllowed,
  SQLITE_CANTOPEN: 'it can not be opened by this user',
  EROFS: 'that is mounted read-only',
  ENOTDIR: notAFolder,
  EEXIST: notAFolder,
  ENOENT: 'there is no such folder',
  ELOOP: 'a link there leads back to itself',
  EIO: 'the drive does not read or write',
  SQLITE_IOERR: 'the drive does not read or write',
};

function textOf(error: Error, key: string): string | undefined {
  const value = Object.entries(error).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : undefined;
}
