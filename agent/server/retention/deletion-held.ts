import type { Problem } from '../../../protocol/domain/snapshot.ts';
import type { Daemon } from '../daemon.ts';

/** Why nothing may be deleted by a rule now; undefined: it may. */
export function deletionHeld({
  clock,
  state,
}: Pick<Daemon, 'clock' | 'state'>): string | undefined {
  const moved = state.machine.moved();
  if (moved === undefined) return clock.doubt();
  return `this is not the machine it was set up on ("${moved.from}"), and nobody has said whether it is a copy`;
}

/** Stands until the question is answered. */
export function movedProblem({
  machine,
}: Daemon['state']): Omit<Problem, 'sinceMs'> | { readonly id: string } {
  const moved = machine.moved();
  const id = 'moved';
  if (moved === undefined) return { id };
  return {
    id,
    severity: 'error',
    text: `this Kedge was set up on another machine ("${moved.from}"): nothing is deleted by a rule until it is said what this one is`,
    hint: 'Say "kedge installation moved" if the other one is no more, "kedge installation copy" if both go on.',
  };
}
