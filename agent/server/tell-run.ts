import type { Job } from '../../protocol/domain/job.ts';
import { wordFailure } from '../../protocol/failures.ts';
import type { Daemon } from './daemon.ts';

/** Tells the ping routes how a run of a schedule ended; one that will be tried again has not ended yet. */
export function tellRun(daemon: Daemon, job: Job): void {
  if (job.kind !== 'backup' || job.schedule === undefined) return;
  const run = daemon.schedules.list().find(({ id }) => id === job.schedule)?.lastRun;
  if (job.state.kind !== 'done' && run?.retryMs !== undefined) return;
  const routes = daemon.configFile.inForce()?.alarms?.routes ?? {};
  for (const [name, route] of Object.entries(routes)) {
    if (route.kind !== 'ping') continue;
    if (route.schedules !== undefined && !route.schedules.includes(job.schedule)) continue;
    daemon.alarms.tell(name, { what: 'run', ...endOf(job) });
  }
}

function endOf({ title, state }: Job): { readonly good: boolean; readonly text: string } {
  if (state.kind === 'failed') {
    return { good: false, text: `${title} failed: ${wordFailure(state.failure).message}` };
  }
  if (state.kind !== 'done' || state.result.kind !== 'backup') {
    return { good: false, text: `${title} was ${state.kind}` };
  }
  const { outcome, gaps } = state.result.backup;
  const lacking = gaps.some(({ kind }) => kind === 'source');
  return { good: !lacking, text: `${title}: ${outcome}` };
}
