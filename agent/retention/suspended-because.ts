import type { Run } from '../../protocol/domain/schedule.ts';

/** Why a schedule may delete nothing now; undefined: it may. */
export function suspendedBecause(
  lastRun: Pick<Run, 'outcome'> | undefined,
  store: { readonly name: string; readonly online: boolean },
): string | undefined {
  if (!store.online) return `destination "${store.name}" is offline`;
  switch (lastRun?.outcome) {
    // The outcome of the run before is not known here, so one under way counts as not yet good.
    case 'running':
    case 'waiting':
      return 'a run of the schedule is under way';
    case 'failed':
      return 'the last run of the schedule failed';
    case undefined:
    case 'complete':
    case 'complete with named gaps':
    case 'cancelled':
    case 'missed':
    case 'skipped':
      return undefined;
    default:
      return lastRun?.outcome satisfies undefined;
  }
}
