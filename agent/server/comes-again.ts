import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';

/** Whether Kedge does it again by itself: it was stopped meanwhile, or a drive with the backup was taken away. */
export function comesAgain({ kind, origin, state }: Job, backups: readonly Backup[]): boolean {
  if (origin !== 'kedge' || (kind !== 'verify' && kind !== 'drill')) return false;
  if (state.kind !== 'failed') return false;
  const { code, params } = state.failure;
  const found = backups.find(({ path }) => path === params['path']);
  return code === 'interrupted' || (found !== undefined && found.presence !== 'present');
}
