import type { Job } from '../../protocol/domain/job.ts';
import { isWriting, type JobOrder, rotaPlaceOf } from './job-order.ts';

interface Waiting {
  readonly job: Job;
  readonly order: JobOrder;
}

/** Jobs that wait, in the order in which they will start. */
export interface JobQueue {
  add(job: Job, order: JobOrder, first: boolean): void;
  /** The next one that writes, or that only reads, off the queue. `idle`: no job runs; only then one of the rota. */
  take(writing: boolean, idle: boolean): Waiting | undefined;
  /** False: it does not wait. */
  remove(id: number): boolean;
}

export function createJobQueue(): JobQueue {
  const waiting: Waiting[] = [];
  const takeOut = (fits: (one: Waiting) => boolean): Waiting | undefined => {
    const index = waiting.findIndex(fits);
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  const asked = ({ order }: Waiting): boolean => rotaPlaceOf(order) === undefined;
  return {
    add(job, order, first) {
      if (first) waiting.unshift({ job, order });
      else waiting.push({ job, order });
    },
    take: (writing, idle) =>
      takeOut((one) => asked(one) && isWriting(one.order) === writing) ??
      (idle && !waiting.some(asked)
        ? takeOut(({ order }) => isWriting(order) === writing)
        : undefined),
    remove: (id) => takeOut(({ job }) => job.id === id) !== undefined,
  };
}
