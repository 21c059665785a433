import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { errorCode } from './error-code.ts';
import { beforeOperation } from './faults.ts';
import type { Path } from './files.ts';

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Makes an empty file that has its owner and mode from its first moment on. One that is there stays as it is. */
export function makeOwnedFile(path: string, owner: Owner & { readonly mode: number }): void {
  beforeOperation('make owned file', path);
  const temporary = `${path}.${randomUUID()}.kedge`;
  const file = fs.openSync(temporary, 'wx', 0o600);
  try {
    fs.fchownSync(file, owner.uid, owner.gid);
    fs.fchmodSync(file, owner.mode & 0o777);
    fs.linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    fs.closeSync(file);
    fs.unlinkSync(temporary);
  }
}

/** Not what a symlink points to. */
export function giveAway(path: Path, { uid, gid }: Owner): void {
  beforeOperation('owner', path.toString());
  fs.lchownSync(path, uid, gid);
}
