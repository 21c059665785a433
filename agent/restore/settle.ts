import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { downtimeOf, type RestoreRun } from './exchange.ts';
import { goBack } from './go-back.ts';
import { stateOf } from './restore-state.ts';

/**
 * Ends a run that failed: nothing exchanged yet, then its own error stands; else all goes back and it is
 * `rolled-back`. Where even that fails the journal stays open and the guard set, for the next recovery.
 */
export async function settleFailure(run: RestoreRun, error: unknown): Promise<never> {
  const exchanged = stateOf(run.journal).swaps.length > 0;
  const why = wordFailure(failureOf(error)).message;
  run.work.log('error', why);
  await goBack(run, why).catch((stuck: unknown) => {
    throw degraded(run, why, stuck);
  });
  if (!exchanged) throw error;
  const said = [why, ...run.notes, ...downtimeWords(downtimeOf(run))].join('; ');
  throw new KedgeError('rolled-back', { why: said }, { cause: error });
}

/** The guard stays: no service may start on data that is half exchanged. */
function degraded(run: RestoreRun, why: string, stuck: unknown): KedgeError {
  const { services } = stateOf(run.journal);
  const down = services.length === 0 ? 'no service' : services.join(', ');
  const { message } = wordFailure(failureOf(stuck));
  return new KedgeError('restore-degraded', { why, stuck: message, down }, { cause: stuck });
}

function downtimeWords(downtimeMs: number): readonly string[] {
  if (downtimeMs === 0) return [];
  return [`the application was down for ${Math.max(1, Math.round(downtimeMs / 1000))} s`];
}
