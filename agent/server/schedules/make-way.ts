import type { RunKind } from '../../../protocol/domain/schedule.ts';
import type { RunRecord } from '../../state/runs.ts';

/** What a run that comes due does about those of its schedule that are not through. */
export type Way =
  | { readonly kind: 'free'; readonly superseded: readonly RunRecord[] }
  /** One that is not through stands for it too. */
  | { readonly kind: 'skipped'; readonly why: string };

/**
 * Runs of one schedule do not pile up. A differential waits for nothing that is larger, a full for
 * nothing smaller; one that waits for its next try gives way to a new one of its kind or above.
 */
export function makeWay(due: RunKind, open: readonly RunRecord[]): Way {
  const blocking = open.find((run) => isInTheWay(due, run));
  if (blocking !== undefined) return { kind: 'skipped', why: wordsFor(blocking) };
  return { kind: 'free', superseded: open.filter((run) => isRetry(run)) };
}

function isInTheWay(due: RunKind, run: RunRecord): boolean {
  if (due === 'full') return run.kind === 'full' && !isRetry(run);
  return run.kind === 'full' || !isRetry(run);
}

function isRetry({ outcome, retryMs }: RunRecord): boolean {
  return outcome === 'waiting' && retryMs !== undefined;
}

function wordsFor(run: RunRecord): string {
  if (isRetry(run)) return `the ${run.kind} before it failed and is tried again`;
  const job = run.job === undefined ? '' : ` (job ${run.job})`;
  return `the ${run.kind} before it is not through yet${job}`;
}
