import type { ResetReport, ResetStep } from '../../protocol/domain/service.ts';
import type { Work } from '../os/work.ts';
import { activeServices, planReset, type ResetPlan } from './plan-reset.ts';
import type { ResetRecord } from './reset-record.ts';
import { type ResetControl, startInOrder } from './start-in-order.ts';
import { StepBoard } from './step-board.ts';

export interface ResetOrder {
  /** Empty: all. */
  readonly ids: readonly string[];
}

type Persist = (record: ResetRecord) => Promise<void>;

interface Reset {
  readonly plan: ResetPlan;
  readonly control: ResetControl;
  readonly work: Work;
  readonly board: StepBoard;
  readonly persist: Persist;
}

/**
 * Stops in reverse order of dependency, proves each one down, starts in order and proves each one healthy.
 * What ran before runs afterwards or is named as not running: after a stop that fails or is cancelled, what
 * was stopped is started again.
 */
export async function runReset(
  order: ResetOrder,
  control: ResetControl,
  work: Work,
  onStep: (steps: readonly ResetStep[]) => void,
  persist: Persist,
): Promise<ResetReport> {
  const active = activeServices(await control.status(work.signal));
  const plan = planReset(control.settings, order.ids, active);
  const reset = { plan, control, work, persist, board: new StepBoard(onStep) };
  reset.board.add('stop', plan.stop);
  const { stopped, refused } = await stopAllOf(reset);
  if (refused !== undefined) return await rollBack(reset, stopped, refused);
  reset.board.add('start', plan.start);
  const down = await startAgain(reset, plan.start);
  return report(reset, outcomeOf(down, plan.start));
}

interface StopResult {
  readonly stopped: readonly string[];
  /** The one that did not stop, or that was not stopped any more after a cancel. */
  readonly refused?: string;
}

async function stopAllOf({ plan, control, work, board, persist }: Reset): Promise<StopResult> {
  // A stop runs to its own end: SIGTERM can't be taken back, so only then is known what must be started again.
  const { signal } = new AbortController();
  const stopped: string[] = [];
  for (const [at, id] of plan.stop.entries()) {
    await persist({ start: plan.start, at: `stopping ${id}` });
    work.progress(`stopping ${id}`, at, plan.stop.length);
    if (work.signal.aborted) {
      skipStops(board, plan.stop.slice(at), 'cancelled');
      return { stopped, refused: id };
    }
    if (!(await board.run('stop', id, () => control.stop(id, signal)))) {
      skipStops(board, plan.stop.slice(at + 1), 'left running');
      return { stopped, refused: id };
    }
    stopped.push(id);
  }
  return { stopped };
}

function skipStops(board: StepBoard, ids: readonly string[], detail: string): void {
  for (const id of ids) board.skip('stop', id, detail);
}

/** Starts again what was stopped, and the one that refused if it has ended since. */
async function rollBack(
  reset: Reset,
  stopped: readonly string[],
  refused: string,
): Promise<ResetReport> {
  const { plan, control, board, work } = reset;
  const running = activeServices(await control.status(new AbortController().signal));
  const ended = new Set([...stopped, ...(running.has(refused) ? [] : [refused])]);
  const ids = plan.start.filter((id) => ended.has(id));
  board.add('start', ids);
  const down = await startAgain(reset, ids);
  work.signal.throwIfAborted();
  return report(reset, down.size === 0 ? 'rolled back' : 'failed');
}

async function startAgain(
  { plan, control, work, board, persist }: Reset,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const before = async (id: string) => {
    await persist({ start: plan.start, at: `starting ${id}` });
    work.progress(`starting ${id}`, ids.indexOf(id), ids.length, false);
  };
  const down = await startInOrder(ids, { control, board, before });
  await persist({ start: plan.start });
  return down;
}

function outcomeOf(down: ReadonlySet<string>, asked: readonly string[]): ResetReport['outcome'] {
  if (down.size === 0) return 'done';
  return down.size === asked.length ? 'failed' : 'degraded';
}

function report({ board }: Reset, outcome: ResetReport['outcome']): ResetReport {
  return { outcome, steps: board.steps, retried: [] };
}

/** After a death in mid-reset: starts what was to run at its end; undefined where it had come to its end. */
export async function resumeReset(
  record: ResetRecord,
  control: ResetControl,
  work: Work,
  onStep: (steps: readonly ResetStep[]) => void,
  persist: Persist,
): Promise<ResetReport | undefined> {
  const { at } = record;
  if (at === undefined) return undefined;
  // The configuration may have lost a service since.
  const start = record.start.filter((id) => control.settings[id] !== undefined);
  const plan = { stop: [], start };
  const reset = { plan, control, work, persist, board: new StepBoard(onStep) };
  work.log('warning', `the reset was interrupted at "${at}"; starting what ran before it`);
  reset.board.add('start', start);
  const down = await startAgain(reset, start);
  return { ...report(reset, outcomeOf(down, start)), interruptedAt: at };
}
