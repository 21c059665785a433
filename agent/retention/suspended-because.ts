import type { Run } from '../../protocol/domain/schedule.ts';

/** Why a schedule may delete nothing now; undefined: it may. */
export function suspendedBecause(
  lastRun: Run | undefined,
  store: { readonly name: string; readonly online: boolean },
): string | undefined {
  if (!store.online) return `destination "${store.name}" is offline`;
  // The outcome of the run before is not known here, so a running one counts as not yet good.
  if (lastRun?.outcome === 'running') return 'a run of the schedule is under way';
  if (lastRun?.outcome === 'failed') return 'the last run of the schedule failed';
  return undefined;
}
