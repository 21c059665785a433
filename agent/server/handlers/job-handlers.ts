import type { Job } from '../../../protocol/domain/job.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { jobCancel, jobList, jobLog, jobRetry, jobShow } from '../../../protocol/methods/job.ts';
import type { Daemon } from '../daemon.ts';
import { demandForClear, demandForJob, demandForOrder } from '../guest-jobs.ts';
import { retryJob } from '../job-ends.ts';
import { clearWay } from '../resets/clear-way.ts';
import { handle } from './handler.ts';

/** What needs neither a plan nor a confirmation of its own. */
const repeatable: ReadonlySet<Job['kind']> = new Set([
  'backup',
  'verify',
  'plan',
  'reset',
  'consolidate',
  'diff',
]);

export const jobHandlers = [
  handle(jobList, async (daemon, { offset, limit }) => ({
    total: daemon.state.jobs.count(),
    jobs: daemon.state.jobs.page(offset, limit).map((job) => daemon.jobs.current(job)),
  })),
  handle(jobShow, async (daemon, { job }) => {
    const throughput = daemon.throughputs.of(job);
    return { job: known(daemon, job), ...(throughput === undefined ? {} : { throughput }) };
  }),
  handle(jobCancel, async (daemon, { job }, _signal, asker) => {
    const asked = known(daemon, job);
    demandForJob(asker, asked, 'cancelling');
    return { job: daemon.jobs.cancel(asked.id) };
  }),
  handle(jobRetry, async (daemon, { job, clear }, _signal, asker) => {
    const { kind, state } = known(daemon, job);
    demandForJob(asker, { kind }, 'retrying');
    const orderOf = (id: number): unknown => daemon.state.jobs.get(id)?.order;
    demandForOrder(asker, orderOf(job), orderOf);
    const again = repeatable.has(kind);
    if (!again || (state.kind !== 'failed' && state.kind !== 'cancelled')) {
      const why = again
        ? `it is ${state.kind}`
        : `a ${kind} needs a plan or a confirmation of its own`;
      throw new KedgeError('unavailable', { what: `retrying job ${job}`, why });
    }
    if (kind !== 'reset') return { job: retryJob(daemon, job).id };
    demandForClear(asker, clear, daemon.jobs);
    return { job: retryJob(daemon, job, clearWay(daemon.jobs, clear)).id };
  }),
  handle(jobLog, async (daemon, { job, lines }) => ({
    lines: await daemon.jobLogs.read(known(daemon, job).id, lines),
  })),
];

function known(daemon: Daemon, id: number): Job {
  const found = daemon.state.jobs.get(id)?.job;
  if (found === undefined) throw new KedgeError('not-found', { what: 'job', id, list: 'job' });
  return daemon.jobs.current(found);
}
