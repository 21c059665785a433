import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Journal } from '../journal/journal.ts';
import type { Work } from '../os/work.ts';
import type { ExchangeItem, Exchanger, PreparedItem } from '../sources/restore-kind.ts';
import { exchangers } from '../sources/restore-kinds.ts';
import { doSwap, identityBefore, isOnward, type SwapStep } from '../sources/swap-step.ts';
import { clearGuard, setGuard } from './guard.ts';
import type { RestoreContext } from './restore-context.ts';
import type { RestoreRecord, SourceExchange } from './restore-record.ts';
import { stateOf } from './restore-state.ts';
import { inServers, isGivenUp } from './server-data.ts';
import { servicesToStop, startServices, startWhatStarts, stopServices } from './service-steps.ts';

/** A restore, an undo or the recovery of one, at work. */
export interface RestoreRun {
  readonly journal: Journal<RestoreRecord>;
  readonly context: RestoreContext;
  readonly work: Work;
  readonly notes: string[];
  /** When it began to stop services, by `performance.now()`; unset in a recovery of another process's run. */
  stoppingSince?: number;
}

/** From the guard to the gate a half-way stop would be worse than either end. */
const never = new AbortController().signal;

/**
 * Exchanges what is live for what is incoming. Each line is durable in the journal before the next begins;
 * `goBack` and `goForward` know what to do after a crash in any of them.
 */
export async function exchange(run: RestoreRun): Promise<void> {
  await exchangeData(run);
  await lowerGuard(run);
  await passGate(run, () => downtimeOf(run));
}

/** Milliseconds since the first service was stopped; 0: none was. */
export function downtimeOf({ stoppingSince }: RestoreRun): number {
  return stoppingSince === undefined ? 0 : performance.now() - stoppingSince;
}

/** Up to `swapped`, and so under the guard. */
export async function exchangeData(run: RestoreRun): Promise<void> {
  await stopAll(run);
  const prepared = await keepUndo(run);
  run.work.signal.throwIfAborted();
  await raiseGuard(run);
  await swapAll(run, prepared);
}

async function stopAll(run: RestoreRun): Promise<void> {
  const { journal, context, work } = run;
  work.progress('stop services', 0, 0);
  const { sources } = stateOf(journal).begin;
  const services = await servicesToStop(inServers(sources), context, work.signal);
  await journal.append({ kind: 'stopping', services, atMs: Date.now() });
  run.stoppingSince = performance.now();
  await stopServices(context, services, work, work.signal);
  await journal.append({ kind: 'stopped' });
}

async function keepUndo(run: RestoreRun): Promise<readonly PreparedItem[]> {
  const { journal, work } = run;
  await journal.append({ kind: 'keeping' });
  const prepared: PreparedItem[] = [];
  for (const { exchanger, source, item } of itemsOf(journal)) {
    const purpose = item.discards === true ? 'look at' : 'keep';
    const what = item.discards === true ? '' : ' for an undo';
    work.progress(`${purpose} the live data of ${source}${what}`, 0, 0);
    const one = await exchanger.prepare(item, work.signal);
    prepared.push(one);
    run.notes.push(...one.notes);
  }
  const kept = Object.fromEntries(prepared.map(({ item, keeps }) => [item.live, keeps]));
  await journal.append({ kind: 'kept', kept });
  return prepared;
}

async function raiseGuard({ journal, context, work }: RestoreRun): Promise<void> {
  work.progress('exchange the data', 0, 0, false);
  await journal.append({ kind: 'guarding' });
  await setGuard(context.stateFolder, `${stateOf(journal).begin.title}: data is being exchanged`);
}

async function swapAll(run: RestoreRun, prepared: readonly PreparedItem[]): Promise<void> {
  const steps = prepared.flatMap((one) => one.steps);
  for (const step of steps.filter((each) => !isOnward(each))) await swap(run, step);
  // Last, so that a failure of any other still takes all back.
  const onward = steps.filter(isOnward);
  if (onward.length > 0) await run.journal.append({ kind: 'onward', steps: onward });
  await swapOnward(run);
}

/** The steps that nothing takes back, and what follows them; to be repeated until it is through. */
export async function swapOnward(run: RestoreRun): Promise<void> {
  const { journal } = run;
  for (const step of stateOf(journal).onward ?? []) await swap(run, step);
  await checkAll(run);
  await journal.append({ kind: 'swapped' });
}

async function swap({ journal }: RestoreRun, step: SwapStep): Promise<void> {
  const identity = await identityBefore(step);
  await journal.append({ kind: 'swap', step, identity });
  await doSwap(step, never);
  await journal.append({ kind: 'swap done', step, identity: await identityBefore(step) });
}

/** What an undo brings back may have been damaged before: that is said, and no reason to refuse it. */
async function checkAll({ journal, work, notes }: RestoreRun): Promise<void> {
  const state = stateOf(journal);
  const { begin } = state;
  for (const { exchanger, item } of itemsOf(journal)) {
    if (isGivenUp(state, item)) continue;
    try {
      await exchanger.check(item, never);
    } catch (error) {
      const failure = failureOf(error);
      if (begin.what !== 'undo' || failure.code === 'busy') throw error;
      const { message } = wordFailure(failure);
      work.log('warning', message);
      notes.push(message);
    }
  }
}

/** Before any service starts, and only when all data is of one state. */
export async function lowerGuard({ context }: RestoreRun): Promise<void> {
  await clearGuard(context.stateFolder);
}

export async function passGate(run: RestoreRun, elapsedMs: () => number): Promise<void> {
  const { journal, context, work } = run;
  work.progress('start services', 0, 0, false);
  await journal.append({ kind: 'starting' });
  const { begin, services, onward, givenUp } = stateOf(journal);
  let down: readonly string[] = [];
  // The data stays where it is: a machine that lacks something is put right, not emptied again.
  if (begin.recover !== undefined)
    run.notes.push(...(await startWhatStarts(context, begin.recover.services, work)));
  // There is nothing to go back to.
  else if (onward !== undefined || givenUp !== undefined)
    down = await startWhatStarts(context, services, work);
  else await startServices(context, services, work);
  const downtimeMs = Math.round(elapsedMs());
  await journal.append({ kind: 'started', downtimeMs, ...(down.length === 0 ? {} : { down }) });
}

function itemsOf(journal: Journal<RestoreRecord>) {
  const { sources } = stateOf(journal).begin;
  return sources.flatMap(({ source, engine, items }) =>
    items.map((item: ExchangeItem) => ({ source, item, exchanger: exchangerOf(source, engine) })),
  );
}

function exchangerOf(source: SourceExchange['source'], engine: string): Exchanger {
  const exchanger = exchangers[engine];
  if (exchanger === undefined) {
    throw new Error(`source "${source}" is of the engine "${engine}", which this Kedge has not`);
  }
  return exchanger;
}
