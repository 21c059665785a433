import type { RestorePlan } from '../../../../protocol/domain/restore.ts';

/** All that the plan would bring back is live already, as far as that is known. */
export function bringsNothing({ mode, changes, merges = [] }: RestorePlan): boolean {
  const isExact = mode === undefined || mode.kind === 'replace';
  if ((mode?.kind !== 'merge' && !isExact) || changes.length === 0) return false;
  if (changes.some(({ problem }) => problem !== undefined)) return false;
  const known = new Map(merges.map((merge) => [merge.source, merge]));
  return changes.every(({ source }) => {
    const { tables, files } = known.get(source) ?? {};
    if (tables === undefined && (files === undefined || isExact)) return false;
    const isSame = (tables ?? []).every(
      ({ inserted, overwritten, deleted = 0, problem }) =>
        problem === undefined && inserted + overwritten + deleted === 0,
    );
    return isSame && (files === undefined || files.inserted + files.overwritten === 0);
  });
}
