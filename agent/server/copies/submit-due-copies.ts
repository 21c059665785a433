import type { Backup } from '../../../protocol/domain/backup.ts';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { Problem } from '../../../protocol/domain/snapshot.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { Daemon } from '../daemon.ts';
import { dueCopies } from './due-copies.ts';
import { submitCopy } from './submit-copy.ts';

/** One job takes so many at most: others get their turn, and what is most needed comes first in each. */
const mostAtOnce = 20;
/** After a failure, and for one that was left out, this long until it is tried again. */
const restMs = 6 * 3_600_000;
/** A copy that is not made so long after its backup was verified is a problem, unless its drive comes and goes. */
const overdueMs = 24 * 3_600_000;

/**
 * Queues what the second destinations of schedules lack, where they are there now. `atOnce`: one of them came
 * back, so that what failed before is tried again now. Does not throw.
 */
export function submitDueCopies(daemon: Daemon, atOnce = false): void {
  if (daemon.jobs.isClosing()) return;
  const online = new Set(daemon.overview.onlineStores());
  for (const { schedule, copyTo } of secondStores(daemon)) {
    if (!online.has(copyTo)) continue;
    try {
      submitFor(daemon, schedule, copyTo, atOnce);
    } catch (error) {
      const { message } = wordFailure(failureOf(error));
      daemon.log.write('warning', `copies of schedule "${schedule}": ${message}`);
    }
  }
}

function secondStores(daemon: Daemon): readonly { schedule: string; copyTo: string }[] {
  const schedules = Object.entries(daemon.configFile.inForce()?.schedules ?? {});
  return schedules.flatMap(([schedule, { copyTo }]) =>
    copyTo === undefined ? [] : [{ schedule, copyTo }],
  );
}

function submitFor(daemon: Daemon, schedule: string, copyTo: string, atOnce: boolean): void {
  const last = daemon.state.jobs.newestOf('copy', schedule);
  if (last !== undefined && !isFinished(last)) return;
  const isFresh = daemon.now() - (last?.finishedAtMs ?? 0) < restMs;
  if (isFresh && !atOnce && last?.state.kind === 'failed') return;
  const skipped = isFresh ? leftOut(last) : new Set();
  const due = dueOf(daemon, schedule, copyTo).filter(({ id }) => !skipped.has(id));
  if (due.length === 0) return;
  const to = { kind: 'store', store: copyTo } as const;
  const backups = due.slice(0, mostAtOnce);
  const job = submitCopy(daemon, { backups, to, move: false, origin: 'schedule', schedule });
  daemon.log.write('info', `job ${job.id}: ${job.title}, for schedule "${schedule}"`);
}

function dueOf(daemon: Daemon, schedule: string, copyTo: string): readonly Backup[] {
  const { installation } = daemon.state;
  const maxBytes = daemon.configFile.inForce()?.stores[copyTo]?.maxBytes;
  return dueCopies({
    schedule,
    copyTo,
    installation,
    backups: daemon.backups.all(),
    maxBytes,
  });
}

/** Ids of backups that a job could not copy through a fault of their own. */
export function leftOut(job: Job | undefined): ReadonlySet<string> {
  const result = job?.state.kind === 'done' ? job.state.result : undefined;
  const backups = result?.kind === 'copy' ? result.copy.backups : [];
  return new Set(
    backups.filter(({ outcome }) => outcome === 'left out').map(({ backup }) => backup),
  );
}

/** Second destinations that lack what was verified a day ago. */
export function overdueCopies(daemon: Daemon): readonly Omit<Problem, 'sinceMs'>[] {
  return secondStores(daemon).flatMap(({ schedule, copyTo }) => {
    if (daemon.configFile.inForce()?.stores[copyTo]?.removable === true) return [];
    const late = dueOf(daemon, schedule, copyTo).filter(
      ({ proof }) => proof.kind === 'verified' && daemon.now() - proof.atMs > overdueMs,
    );
    if (late.length === 0) return [];
    const many = late.length === 1 ? 'a backup' : `${late.length} backups`;
    const is = late.length === 1 ? 'is' : 'are';
    return [
      {
        id: `copies-${schedule}`,
        severity: 'warning' as const,
        text: `${many} of schedule "${schedule}" ${is} not copied to "${copyTo}" since a day`,
        place: copyTo,
        hint: `See why: kedge job list. By hand: kedge backup copy ID ${copyTo}.`,
      },
    ];
  });
}
