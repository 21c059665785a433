import type { Problem } from '../../protocol/domain/snapshot.ts';

/** Something that is wrong now. `settleMs`: how long before it is an alarm, where not the usual time. */
export interface FoundProblem extends Omit<Problem, 'sinceMs'> {
  readonly settleMs?: number;
}

/** The same with when it began. */
export type SeenProblem = FoundProblem & Pick<Problem, 'sinceMs'>;
