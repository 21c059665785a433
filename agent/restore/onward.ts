import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { isUntouched } from '../sources/sqlite/overwrite-pages.ts';
import { isOnward } from '../sources/swap-step.ts';
import { downtimeOf, lowerGuard, passGate, type RestoreRun, swapOnward } from './exchange.ts';
import { type RestoreState, stateOf } from './restore-state.ts';
import { settleFailure } from './settle.ts';

/**
 * Whether something was exchanged that nothing takes back: it is looked at, as a step that was begun may have left
 * all as it was. Of two such steps the first decides for both.
 */
export async function isPastReturn(state: RestoreState): Promise<boolean> {
  if (state.back !== undefined || state.onward === undefined) return false;
  if (state.swapped) return true;
  for (const step of state.swaps.map((swap) => swap.step).filter(isOnward)) {
    if (!(await isUntouched(step))) return true;
  }
  return false;
}

/** After a failure: back, and its error is thrown; past that point on, once more from what was unpacked. */
export async function goOnOrBack(run: RestoreRun, failed: unknown): Promise<void> {
  const why = wordFailure(failureOf(failed)).message;
  const isPast = neverBegan(run, failed)
    ? false
    : await isPastReturn(stateOf(run.journal)).catch((stuck: unknown) => {
        throw unfinished(run, why, stuck);
      });
  if (!isPast) return await settleFailure(run, failed);
  await goOn(run, why);
}

/** A client kept the lock of the first database that would have been overwritten: nobody need look at it. */
function neverBegan({ journal }: RestoreRun, failed: unknown): boolean {
  const intents = stateOf(journal).swaps.filter(({ step }) => isOnward(step));
  const isLast = journal.records.at(-1)?.kind === 'swap';
  return isLast && intents.length === 1 && failureOf(failed).code === 'timed-out';
}

async function goOn(run: RestoreRun, why: string): Promise<void> {
  const { journal, work, notes } = run;
  work.log('error', why);
  try {
    if (!stateOf(journal).swapped) await swapOnward(run);
    await lowerGuard(run);
    await passGate(run, () => downtimeOf(run));
  } catch (stuck) {
    throw unfinished(run, why, stuck);
  }
  notes.push(`it was finished after a failure: ${why}`);
}

/** The journal stays open and the guard as it is, for the next recovery. */
export function unfinished({ journal }: RestoreRun, why: string, stuck: unknown): KedgeError {
  const { services } = stateOf(journal);
  const down = services.length === 0 ? 'no service' : services.join(', ');
  const { message } = wordFailure(failureOf(stuck));
  return new KedgeError('restore-unfinished', { why, stuck: message, down }, { cause: stuck });
}
