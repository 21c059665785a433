import type { Job } from '../../protocol/domain/job.ts';
import { type JobOrder, laneOf, rotaPlaceOf } from './job-order.ts';

/** Whether a job that runs is cancelled, for its turn to come again, because this other one was asked for. */
export function givesWay(
  running: JobOrder,
  other: { readonly origin: Job['origin']; readonly order: JobOrder },
): boolean {
  const place = rotaPlaceOf(running);
  if (place === undefined || rotaPlaceOf(other.order) !== undefined) return false;
  return (
    place === 'gives way' || (other.origin === 'manual' && laneOf(other.order) === laneOf(running))
  );
}
