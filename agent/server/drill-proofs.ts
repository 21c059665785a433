import type { DrillResult } from '../../protocol/domain/drill.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { wordFailure } from '../../protocol/failures.ts';
import type { DrillRecord } from '../state/drills.ts';
import type { Daemon } from './daemon.ts';

/** Writes down what a drill found, beside its backup. */
export function takeDrill(
  daemon: Daemon,
  { backup, outcome, seconds, problems }: DrillResult,
): void {
  const failed = outcome === 'failed' ? { problem: problems.join('; ') } : {};
  note(daemon, backup, { atMs: daemon.now(), seconds, ...failed });
}

/** What it could not read is the backup's fault; that there was no room, or that it was cancelled, is not. */
export function takeDrillFailure(daemon: Daemon, job: Job, backup: string): void {
  if (job.state.kind !== 'failed' || !ofTheBackup.has(job.state.failure.code)) return;
  const { message } = wordFailure(job.state.failure);
  note(daemon, backup, { atMs: daemon.now(), seconds: 0, problem: message });
}

const ofTheBackup: ReadonlySet<string> = new Set([
  'archive-damaged',
  'archive-not-ours',
  'base-missing',
]);

function note(daemon: Daemon, backup: string, record: DrillRecord): void {
  daemon.state.drills.set(backup, record);
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
  daemon.overview.touch();
}
