import { exchangers } from '../sources/restore-kinds.ts';
import { undoSwap } from '../sources/swap-step.ts';
import type { RestoreRun } from './exchange.ts';
import { removePlaces } from './finish.ts';
import { clearGuard, setGuard } from './guard.ts';
import { removeMadeFolders, takeConfigurationBack } from './recover-machine/put-configuration.ts';
import { type RestoreState, stateOf } from './restore-state.ts';
import { clearIncoming, isGivenUp } from './server-data.ts';
import { startWhatStarts, stopWhatStops } from './service-steps.ts';

const never = new AbortController().signal;

/**
 * Brings back what was live before, wherever the run stands, newest step first, and starts what ran.
 * All of it may be repeated: a crash in here is settled by coming here again.
 */
export async function goBack(run: RestoreRun, why: string): Promise<void> {
  const { journal, context, work } = run;
  await journal.settle();
  if (stateOf(journal).swaps.length > 0) await takeSwapsBack(run, why);
  await clearGuard(context.stateFolder);
  work.progress('start services', 0, 0, false);
  const state = stateOf(journal);
  run.notes.push(...(await startWhatStarts(context, state.services, work)));
  await clearIncoming(state);
  await removePlaces(state);
  await removeMadeFolders(state.begin);
  await journal.append({ kind: 'end', outcome: 'rolled back' });
}

/** What did not stop, or was started meanwhile by others, would go on in what is put away, and write there. */
async function refuseWhatIsInUse({ begin }: RestoreState): Promise<void> {
  for (const { engine, items } of begin.sources)
    for (const item of items) await exchangers[engine]?.refuseInUse?.(item);
}

async function takeSwapsBack(run: RestoreRun, why: string): Promise<void> {
  const { journal, context, work } = run;
  const state = stateOf(journal);
  if (state.rolledBack) return;
  work.progress('bring the old data back', 0, 0, false);
  if (state.back === undefined) await journal.append({ kind: 'back', why });
  await setGuard(context.stateFolder, `${state.begin.title}: the old data is being brought back`);
  await stopWhatStops(context, state.services, work);
  await refuseWhatIsInUse(state);
  await takeConfigurationBack(state.begin);
  for (const { step, identity } of [...state.swaps].reverse()) {
    if (!('server' in step && isGivenUp(state, step))) await undoSwap(step, identity, never);
  }
  await journal.append({ kind: 'rolled back' });
}
