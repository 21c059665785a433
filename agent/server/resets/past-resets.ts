import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetReport } from '../../../protocol/domain/service.ts';
import type { Daemon } from '../daemon.ts';
import type { Asker } from '../door.ts';
import { mayOrder } from '../guest-jobs.ts';

const reportsLooked = 20;

/** Of the resets that came to their end, newest first. */
export function pastReports(daemon: Daemon): readonly ResetReport[] {
  return daemon.state.jobs
    .newestDone('reset', reportsLooked)
    .flatMap(({ state }) => reportOf(state));
}

function reportOf(state: Job['state']): readonly ResetReport[] {
  return state.kind === 'done' && state.result.kind === 'reset' ? [state.result.reset] : [];
}

/** Services that the newest reset was to start and did not bring up. */
export function leftDown(daemon: Daemon): readonly string[] {
  const [newest] = pastReports(daemon);
  const starts = newest?.steps.filter(({ action }) => action === 'start') ?? [];
  return starts.filter(({ state }) => state !== 'done').map(({ service }) => service);
}

/**
 * The last backup, when it failed: it is what a reset is meant to make possible again. Not where the asker could not
 * have ordered it.
 */
export function newestFailure(daemon: Daemon, asker: Asker): Job | undefined {
  const newest = daemon.state.jobs.newest('backup');
  if (newest?.state.kind !== 'failed') return undefined;
  return mayOrder(asker, daemon.state.jobs.get(newest.id)?.order) ? newest : undefined;
}
