import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { JobOrder } from '../jobs/job-order.ts';
import type { Daemon } from './daemon.ts';

/**
 * The backup that a failed job found fault with: damage that was met while reading it, or that kept a
 * differential from being read. It is worth a verify, which says so in the list and in PROBLEMS.
 */
export function doubtedBackup(daemon: Daemon, job: Job, order: JobOrder): Backup | undefined {
  if (job.state.kind !== 'failed') return undefined;
  const { code, params } = job.state.failure;
  const named = daemon.backups.all().find(({ path }) => path === params['path']);
  // A verify that finds damage has said it.
  const found = code === 'archive-damaged' && order.kind !== 'verify' ? named : undefined;
  const base = code === 'base-missing' ? daemon.backups.get(named?.base ?? '') : undefined;
  const doubted = found ?? base;
  const isThere = doubted?.presence === 'present' && doubted.proof.kind !== 'damaged';
  return isThere ? doubted : undefined;
}
