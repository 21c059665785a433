import type { Job } from '../../protocol/domain/job.ts';
import { isWriting, type JobOrder } from './job-order.ts';

interface Waiting {
  readonly job: Job;
  readonly order: JobOrder;
}

/** Jobs that wait, in the order in which they will start. */
export interface JobQueue {
  add(job: Job, order: JobOrder, first: boolean): void;
  /** The next one that writes, or that only reads, off the queue. */
  take(writing: boolean): Waiting | undefined;
  /** False: it does not wait. */
  remove(id: number): boolean;
}

export function createJobQueue(): JobQueue {
  const waiting: Waiting[] = [];
  const takeOut = (fits: (one: Waiting) => boolean): Waiting | undefined => {
    const index = waiting.findIndex(fits);
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  return {
    add(job, order, first) {
      if (first) waiting.unshift({ job, order });
      else waiting.push({ job, order });
    },
    take: (writing) => takeOut(({ order }) => isWriting(order) === writing),
    remove: (id) => takeOut(({ job }) => job.id === id) !== undefined,
  };
}
