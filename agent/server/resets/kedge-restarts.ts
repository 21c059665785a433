import { basename, join } from 'node:path';
import type { ResetReport } from '../../../protocol/domain/service.ts';
import { JobOrder } from '../../jobs/job-order.ts';
import {
  findResetRecords,
  readResetRecord,
  removeResetRecord,
} from '../../services/reset-record-file.ts';
import type { JobRecord } from '../../state/job-records.ts';
import type { Daemon } from '../daemon.ts';
import { retryJob } from '../job-ends.ts';

/** Its last step was a restart of Kedge: that this one runs is its end. */
export function isRestarting(daemon: Daemon, { job }: JobRecord): boolean {
  const path = join(daemon.places.state, 'resets', `${job.id}.json`);
  return (
    job.kind === 'reset' &&
    findResetRecords(daemon.places.state).includes(path) &&
    reportIn(path) !== undefined
  );
}

/** Ends the jobs that were waiting for this start, under the numbers that their watchers know. */
export async function endRestarts(daemon: Daemon): Promise<void> {
  for (const path of findResetRecords(daemon.places.state)) {
    const report = reportIn(path);
    if (report === undefined) continue;
    endRestart(daemon, Number(basename(path, '.json')), report);
    await removeResetRecord(path);
  }
}

/** One that can't be read must not keep Kedge from starting: the job that resumes it says so. */
function reportIn(path: string): ResetReport | undefined {
  try {
    return readResetRecord(path).report;
  } catch {
    return undefined;
  }
}

function endRestart(daemon: Daemon, id: number, report: ResetReport): void {
  const record = daemon.state.jobs.get(id);
  if (record === undefined || record.job.finishedAtMs !== undefined) return;
  const steps = report.steps.map((step) =>
    step.action === 'restart'
      ? { ...step, state: 'done' as const, detail: `process ${process.pid}` }
      : step,
  );
  const reset = { ...report, steps };
  daemon.jobs.ended(id, { kind: 'done', result: { kind: 'reset', reset } });
  daemon.log.write('info', `${record.job.title} (job ${id}): done, Kedge was restarted`);
  const order = JobOrder.parse(record.order);
  const wanted = order.kind === 'reset' ? order.retryJob : undefined;
  if (wanted !== undefined && report.outcome === 'done') retryJob(daemon, wanted);
}
