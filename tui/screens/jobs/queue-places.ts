import type { Job } from '../../../protocol/domain/job.ts';

/** Whose turn comes when: of each job that waits its place, 1 the next. */
export function queuePlaces(jobs: readonly Job[]): ReadonlyMap<number, number> {
  const waiting = jobs.filter(({ state }) => state.kind === 'queued');
  const inTurn = waiting.toSorted((a, b) => placeOf(a) - placeOf(b) || a.id - b.id);
  return new Map(inTurn.map(({ id }, index) => [id, index + 1]));
}

function placeOf({ queuePlace = Number.MAX_SAFE_INTEGER }: Job): number {
  return queuePlace;
}
