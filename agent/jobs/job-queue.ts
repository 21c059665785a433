import type { Job } from '../../protocol/domain/job.ts';
import { type JobOrder, type Lane, laneOf, rotaPlaceOf } from './job-order.ts';

interface Waiting {
  readonly job: Job;
  readonly order: JobOrder;
}

/** Jobs that wait, in the order in which they will start. */
export interface JobQueue {
  add(job: Job, order: JobOrder, first: boolean): void;
  /** The next one of a lane, off the queue. `idle`: no job runs; only then one of the rota. */
  take(lane: Lane, idle: boolean): Waiting | undefined;
  /** 1: the next, of those that anybody asked for; undefined: it does not wait. */
  placeOf(id: number): number | undefined;
  waiting(): readonly Job[];
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
      // Recoveries keep their order: an older one may go back, a later one counts on what it leaves.
      const place = first ? waiting.findIndex((one) => one.order.kind !== 'recovery') : -1;
      waiting.splice(place < 0 ? waiting.length : place, 0, { job, order });
    },
    take: (lane, idle) =>
      takeOut((one) => asked(one) && laneOf(one.order) === lane) ??
      (idle && !waiting.some(asked) ? takeOut(({ order }) => laneOf(order) === lane) : undefined),
    placeOf(id) {
      const inTurn = [...waiting.filter(asked), ...waiting.filter((one) => !asked(one))];
      const index = inTurn.findIndex(({ job }) => job.id === id);
      return index < 0 ? undefined : index + 1;
    },
    waiting: () => waiting.map(({ job }) => job),
    remove: (id) => takeOut(({ job }) => job.id === id) !== undefined,
  };
}
