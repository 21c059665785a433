import type { Job } from '../../../protocol/domain/job.ts';

/** Whose turn comes when: of each job that waits its place, 1 the next. */
export function queuePlaces(jobs: readonly Job[]): ReadonlyMap<number, number> {
  const waiting = jobs.filter(({ state }) => state.kind === 'queued').map(({ id }) => id);
  return new Map(waiting.toSorted((a, b) => a - b).map((id, index) => [id, index + 1]));
}
