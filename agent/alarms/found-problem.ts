import type { Problem } from '../../protocol/domain/snapshot.ts';

/** Something that is wrong now. */
export interface FoundProblem extends Omit<Problem, 'sinceMs'> {
  /** How long before it is an alarm, where longer than usual. */
  readonly settleMs?: number;
  /** Work is being done on it: it is not shown and no alarm, and an alarm of it is not cured by that. */
  readonly inHand?: true;
}

/** Of what is no alarm as long as it is like this: it may end well. */
export const neverMs = Number.MAX_SAFE_INTEGER;

/** The same with when it began. */
export type SeenProblem = FoundProblem & Pick<Problem, 'sinceMs'>;
