import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { errorCode } from '../../os/error-code.ts';

/** What lies at a path now. `print`: SHA-256 of a file, the target of a link. */
export type FoundPath =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly print: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: 'link'; readonly print: string }
  | {
      readonly kind: 'folder';
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: 'other' };

export async function findPath(path: string): Promise<FoundPath> {
  try {
    const { mode, uid, gid, ...stat } = await lstat(path).then((found) => ({
      mode: found.mode & 0o7777,
      uid: found.uid,
      gid: found.gid,
      isFile: found.isFile(),
      isLink: found.isSymbolicLink(),
      isFolder: found.isDirectory(),
    }));
    if (stat.isLink) return { kind: 'link', print: await readlink(path) };
    if (stat.isFolder) return { kind: 'folder', mode, uid, gid };
    if (!stat.isFile) return { kind: 'other' };
    return { kind: 'file', print: printOf(await readFile(path)), mode, uid, gid };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { kind: 'absent' };
    throw error;
  }
}

export function printOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
