import type { Job } from '../../../protocol/domain/job.ts';
import type { Model } from '../bench.ts';

export function findJob(model: Model, id: number): Job | undefined {
  return model.state.snapshot?.jobs.find((job) => job.id === id);
}
