import { basename, join } from 'node:path';
import type { Job } from '../../protocol/domain/job.ts';
import type { FailureCode } from '../../protocol/failures.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { findUnfinishedJournals } from '../restore/recover.ts';
import { findResetRecords } from '../services/reset-record-file.ts';
import type { Daemon } from './daemon.ts';
import { isOfFullDisk } from './past-full-disk.ts';
import { serveRecovery } from './recover-empty.ts';

/** A reset that died left services stopped: one job for each starts what ran before. */
export function submitResetResumes(
  daemon: Daemon,
  isMeant: (record: string) => boolean = () => true,
): void {
  const underWay = new Set(
    daemon.state.jobs.unfinished().flatMap((record) => {
      const order = JobOrder.safeParse(record.order);
      if (!order.success || order.data.kind !== 'reset') return [];
      return [order.data.resume ?? join(daemon.places.state, 'resets', `${record.job.id}.json`)];
    }),
  );
  for (const resume of findResetRecords(daemon.places.state)) {
    if (underWay.has(resume) || !isMeant(resume)) continue;
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

/** What keeps a recovery from its end passes some time, and until then services are down and clients locked out. */
export function retryRecoveries(daemon: Daemon): void {
  const { jobs } = daemon.state;
  submitRecoveries(daemon, (journal) => isTriedAgain(jobs.newestAbout(journal, crashesMost)));
}

/** Only what a full disk kept from being tried at all. */
export function resumeUntriedResets(daemon: Daemon): void {
  const { jobs } = daemon.state;
  submitResetResumes(daemon, (record) => jobs.newestAbout(record, 1).length === 0);
}

/** In a row, of the recoveries of a journal, or of the resets that resume a record. */
const crashesMost = 3;

/** Whether what died in the middle of `path` is put right by another one at once. */
export function mayCrashAgain(daemon: Daemon, path: string): boolean {
  return hasTriesLeft(daemon.state.jobs.newestAbout(path, crashesMost));
}

function hasTriesLeft(newest: readonly Pick<Job, 'state'>[]): boolean {
  return newest.filter(hasCrashed).length < crashesMost;
}

/** A cancelled one may have had to be killed. */
function hasCrashed({ state }: Pick<Job, 'state'>): boolean {
  if (state.kind === 'failed') return state.failure.code === 'job-crashed';
  return state.kind === 'cancelled';
}

/** `recoveries`: of one journal, newest first. None: on a full disk not even its order could be written down. */
export function isTriedAgain(recoveries: readonly Pick<Job, 'state'>[]): boolean {
  const [newest] = recoveries;
  // A recovery can be put off, not called off; nor does the end of a giving up end it.
  if (newest === undefined || newest.state.kind === 'cancelled') return true;
  if (newest.state.kind !== 'failed') return false;
  const { failure } = newest.state;
  if (failure.code === 'job-crashed') return hasTriesLeft(recoveries);
  return passing.has(failure.code) || failure.code.startsWith('database-') || isOfFullDisk(failure);
}

/**
 * What a server refuses, as for want of a right or of room, an administrator puts right there; who holds a table, or uses
 * what is to be moved, ends some time.
 */
const passing: ReadonlySet<FailureCode> = new Set([
  'recovery-waits',
  'busy',
  'interrupted',
  'no-space',
  'restore-unfinished',
]);

/** The job that writes it lives. */
function isAtWork(daemon: Daemon, journal: string): boolean {
  return daemon.state.jobs.unfinished().some(({ job }) => basename(journal) === `${job.id}.jsonl`);
}
