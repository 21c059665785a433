import type { Source } from '../sources/source.ts';

/** Databases that a source of files takes too, as plain files: those may hold half of a transaction. */
export function overlapWarnings(sources: readonly Source[]): readonly string[] {
  const databases = sources.filter(({ takes }) => takes === 'copy');
  const trees = sources.filter(({ takes }) => takes === 'list');
  return trees.flatMap((tree) =>
    databases
      .filter(({ paths }) => paths.some((path) => takesToo(tree, path)))
      .map(
        ({ name, live }) =>
          `source "${tree.name}" also takes "${live}", the database of source "${name}", as a plain file: ` +
          'that copy may be of no use, so leave it out',
      ),
  );
}

function takesToo(tree: Source, path: string): boolean {
  const isInside = tree.paths.some(
    (root) => path === root || path.startsWith(root === '/' ? '/' : `${root}/`),
  );
  return isInside && tree.leavesOut?.(path) !== true;
}
