import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import { removeTree } from './files.ts';

/** Removes a tree that this process made, also where the modes of its folders forbid that to their owner. */
export async function removeStubbornTree(path: string): Promise<void> {
  try {
    await removeTree(path);
  } catch (error) {
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') throw error;
    openFolders(Buffer.from(path));
    await removeTree(path);
  }
}

/** Names as bytes: not all of them are UTF-8. */
function openFolders(folder: Buffer): void {
  if (!lstatSync(folder).isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { encoding: 'buffer', withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(Buffer.concat([folder, Buffer.from('/'), entry.name]));
  }
}
