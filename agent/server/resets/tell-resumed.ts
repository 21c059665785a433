import { basename } from 'node:path';
import type { ResetReport } from '../../../protocol/domain/service.ts';
import type { JobOrder } from '../../jobs/job-order.ts';
import type { Daemon } from '../daemon.ts';

/** What became of a reset that Kedge did not live through, for the first screen and the log. */
export function tellResumed(daemon: Daemon, order: JobOrder, report: ResetReport): void {
  if (order.kind !== 'reset' || order.resume === undefined || report.interruptedAt === undefined)
    return;
  const text = wordResumed(basename(order.resume, '.json'), report.interruptedAt, report);
  daemon.log.write(report.outcome === 'done' ? 'info' : 'error', text);
  daemon.overview.recovered.push(text);
}

export function wordResumed(job: string, at: string, { steps }: ResetReport): string {
  const starts = steps.filter(({ action }) => action === 'start');
  const down = starts.filter(({ state }) => state !== 'done').map(({ service }) => service);
  const end =
    down.length === 0 ? `all ${starts.length} running` : `not running: ${down.join(', ')}`;
  return `reset ${job} was interrupted at "${at}"; continued, ${end}`;
}
