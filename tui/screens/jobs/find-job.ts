import type { Job } from '../../../protocol/domain/job.ts';
import type { Model } from '../bench.ts';

/** Among the newest ones, or the older one that was asked for. */
export function findJob(model: Model, id: number): Job | undefined {
  const { job: older } = model.ui.data;
  return (
    model.state.snapshot?.jobs.find((job) => job.id === id) ??
    (older?.kind === 'ready' && older.value.id === id ? older.value : undefined)
  );
}
