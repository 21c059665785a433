import { basename, join } from 'node:path';
import type { Job } from '../../protocol/domain/job.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { findUnfinishedJournals } from '../restore/recover.ts';
import { findResetRecords } from '../services/reset-record-file.ts';
import type { Daemon } from './daemon.ts';
import { serveRecovery } from './recover-empty.ts';

/** A reset that died left services stopped: one job for each starts what ran before. */
export function submitResetResumes(daemon: Daemon): void {
  const underWay = new Set(
    daemon.state.jobs.unfinished().flatMap((record) => {
      const order = JobOrder.safeParse(record.order);
      if (!order.success || order.data.kind !== 'reset') return [];
      return [order.data.resume ?? join(daemon.places.state, 'resets', `${record.job.id}.json`)];
    }),
  );
  for (const resume of findResetRecords(daemon.places.state)) {
    if (underWay.has(resume)) continue;
    const title = `end of the interrupted reset ${basename(resume, '.json')}`;
    const job = daemon.jobs.submit({
      kind: 'reset',
      title,
      command: 'kedge service reset',
      origin: 'kedge',
      order: { kind: 'reset', services: [], resume },
    });
    daemon.overview.recovered.push(`${title} runs as job ${job.id}`);
  }
}

/** One recovery job for each restore that did not end; they come before everything that waits. */
export function submitRecoveries(
  daemon: Daemon,
  isMeant: (journal: string) => boolean = () => true,
): readonly number[] {
  return findUnfinishedJournals(daemon.places.state)
    .filter((journal) => !isUnderWay(daemon, journal) && !isAtWork(daemon, journal))
    .filter(isMeant)
    .map((journal) => {
      serveRecovery(daemon, { kind: 'recovery', journal });
      const of = basename(journal, '.jsonl');
      const job = daemon.jobs.submit(
        {
          kind: 'recovery',
          title: `recovery of job ${of}`,
          command: '(Kedge does this by itself)',
          origin: 'kedge',
          order: { kind: 'recovery', journal },
        },
        { first: true },
      );
      return job.id;
    });
}

/** A job that settles it runs or waits. */
export function isUnderWay(daemon: Daemon, journal: string): boolean {
  return daemon.state.jobs.unfinished().some((record) => {
    const order = JobOrder.safeParse(record.order);
    return order.success && order.data.kind === 'recovery' && order.data.journal === journal;
  });
}

/** A server that was down is up some time, and keeps the clients of what was half exchanged out until then. */
export function retryRecoveries(daemon: Daemon): void {
  const recoveries = daemon.state.jobs.page(0, lately).flatMap(({ id, state }) => {
    const order = JobOrder.safeParse(daemon.state.jobs.get(id)?.order);
    if (!order.success || order.data.kind !== 'recovery') return [];
    return [{ journal: order.data.journal, state }];
  });
  const again = journalsThatWait(recoveries);
  submitRecoveries(daemon, (journal) => again.has(journal));
}

const lately = 50;

/** `recoveries`: newest first; of each journal the last one decides. */
export function journalsThatWait(
  recoveries: readonly { readonly journal: string; readonly state: Job['state'] }[],
): ReadonlySet<string> {
  const newest = new Map(recoveries.toReversed().map(({ journal, state }) => [journal, state]));
  return new Set([...newest].flatMap(([journal, state]) => (isWaiting(state) ? [journal] : [])));
}

/**
 * What a server refuses, as for want of a right or of room, an administrator puts right there; who holds a table, or uses
 * what is to be moved, ends some time.
 */
function isWaiting(state: Job['state']): boolean {
  if (state.kind !== 'failed') return false;
  const { code } = state.failure;
  return code === 'recovery-waits' || code === 'busy' || code.startsWith('database-');
}

/** The job that writes it lives. */
function isAtWork(daemon: Daemon, journal: string): boolean {
  return daemon.state.jobs.unfinished().some(({ job }) => basename(journal) === `${job.id}.jsonl`);
}
