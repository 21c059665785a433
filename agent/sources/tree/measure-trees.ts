import { breather } from './breathe.ts';
import { type LeftOut, walk } from './walk.ts';

/** Part of the file system that a source takes, and the name it has in the archive, `<source>` included. */
export interface Tree {
  readonly root: Buffer;
  readonly name: Buffer;
}

export interface TreeSize {
  readonly contentBytes: number;
  readonly files: number;
  /** Of folders and files that could not even be looked at. */
  readonly problems: number;
}

export async function measureTrees(
  trees: readonly Tree[],
  leftOut: LeftOut,
  signal: AbortSignal,
): Promise<TreeSize> {
  const breathe = breather(signal);
  const links = new Set<string>();
  let contentBytes = 0;
  let files = 0;
  let problems = 0;
  for (const tree of trees) {
    for (const found of walk(tree.root, leftOut)) {
      await breathe();
      if (found.kind === 'problem') problems += 1;
      else if (found.stat.isFile()) {
        files += 1;
        if (isFirstLink(found.stat, links)) contentBytes += Number(found.stat.size);
      }
    }
  }
  return { contentBytes, files, problems };
}

/** The bytes of a file with several names are kept once. */
function isFirstLink(
  stat: { readonly nlink: bigint; readonly dev: bigint; readonly ino: bigint },
  seen: Set<string>,
): boolean {
  if (stat.nlink < 2n) return true;
  const key = `${stat.dev}:${stat.ino}`;
  const first = !seen.has(key);
  seen.add(key);
  return first;
}
