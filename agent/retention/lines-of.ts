import type { RetentionLine } from '../../protocol/domain/retention.ts';
import type { Takings } from './takings.ts';
import type { Verdict } from './verdict.ts';

/** The lines of one backup: what becomes of it, and of its files in single stores where that is not the same. */
export function linesOf(verdict: Verdict, takings: Takings): readonly RetentionLine[] {
  const { backup } = verdict;
  const taken = takings.taken.get(backup.id) ?? [];
  const [first] = taken;
  if (first !== undefined && takings.isGone(backup)) {
    return [{ backup: backup.id, verdict: 'goes', reason: first.reason }];
  }
  const parts = taken.map(
    ({ store, reason }): RetentionLine => ({ backup: backup.id, verdict: 'goes', reason, store }),
  );
  return [{ backup: backup.id, verdict: 'stays', ...whyStays(verdict, takings) }, ...parts];
}

/** A full stays until the last differential that needs it goes, and says so. */
function whyStays(
  verdict: Verdict,
  takings: Takings,
): { readonly reason: string; readonly untilMs?: number } {
  const needing = takings.needing(verdict.backup);
  if (verdict.verdict === 'stays') {
    // Of one that no rule lets go nobody knows when.
    return verdict.untilMs === undefined
      ? { reason: verdict.reason }
      : { reason: verdict.reason, ...until([verdict, ...needing]) };
  }
  if (takings.taken.has(verdict.backup.id) || needing.length === 0) {
    return { reason: 'it also lies where its schedule puts nothing; only you delete it there' };
  }
  return { reason: whoNeeds(needing), ...until(needing) };
}

function whoNeeds(differentials: readonly Verdict[]): string {
  const id = differentials[0]?.backup.id.slice(0, 8);
  return differentials.length === 1
    ? `differential ${id} needs it`
    : `differential ${id} and ${differentials.length - 1} more need it`;
}

/** When all of them may go; nothing where that is not known of one. */
function until(verdicts: readonly Verdict[]): { readonly untilMs?: number } {
  const times = verdicts.flatMap(({ untilMs }) => (untilMs === undefined ? [] : [untilMs]));
  return times.length < verdicts.length ? {} : { untilMs: Math.max(...times) };
}
