import type { Problem } from '../../protocol/domain/snapshot.ts';

type Standing = Omit<Problem, 'sinceMs'>;

/** Archives that lie in a destination and that nobody here can open; undefined: there are none. */
export function lockedArchives(paths: readonly string[]): Standing | { readonly id: string } {
  const id = 'locked-archives';
  const [first] = paths;
  if (first === undefined) return { id };
  const text =
    paths.length === 1
      ? 'an encrypted archive is not listed: no key here opens it'
      : `${paths.length} encrypted archives are not listed: no key here opens them`;
  const hint = 'Name the file and give the recovery key: kedge restore plan FILE --recovery-key.';
  return { id, severity: 'warning', text, place: first, hint };
}

/** Puts a problem among those that stand, or takes it away where there is none of that id any more. */
export function standOrFall(
  standing: Map<string, Standing>,
  problem: Standing | { readonly id: string },
): void {
  if ('text' in problem) standing.set(problem.id, problem);
  else standing.delete(problem.id);
}
