import { readdir } from 'node:fs/promises';
import { leftOutBy } from '../tree/left-out.ts';
import { isOwnName } from '../tree/own-names.ts';

/**
 * The topmost paths below a folder that its patterns leave out, relative. They are no part of the source,
 * so a restore has to leave them where they are. Names that are not UTF-8 can't stand in a pattern.
 */
export async function findLeftOut(
  root: string,
  patterns: readonly string[],
): Promise<readonly string[]> {
  if (patterns.length === 0) return [];
  const isLeftOut = leftOutBy(patterns);
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(`${root}/${folder}`)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isLeftOut(Buffer.from(path))) found.push(path);
      else if (entry.isDirectory()) folders.push(path);
    }
  }
  return found;
}

async function entriesOf(path: string) {
  const entries = await readdir(path, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  return entries.filter((entry) => !(entry.isDirectory() && isOwnName(entry.name)));
}
