import type { Takings } from './takings.ts';
import type { Verdict } from './verdict.ts';

/** Takes what its schedule lets go from where the schedule put it, all of it or nothing. */
export function takeByRule(takings: Takings, { backup, verdict, reason, from }: Verdict): void {
  if (verdict !== 'goes' || from === undefined || !takings.mayLeave(backup, from)) return;
  for (const store of from) takings.take(backup, { store, reason });
}
