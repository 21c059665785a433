import type { ResetReport, ResetStep, Service } from '../../protocol/domain/service.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Work } from '../os/work.ts';
import { activeServices, planReset, type ResetPlan } from './plan-reset.ts';
import type { ResetControl } from './reset-control.ts';
import type { ResetRecord } from './reset-record.ts';
import { startInOrder } from './start-in-order.ts';
import { StepBoard } from './step-board.ts';
import { stopInOrder } from './stop-in-order.ts';
import { startedTooOften } from './systemd/word-end.ts';

export interface ResetOrder {
  readonly ids: readonly string[] | 'all';
  /** Nobody asked for it: what has been stopped since is left alone. */
  readonly automatic?: boolean;
  /** It restarts itself when the services are through. */
  readonly kedge?: boolean;
}

type Persist = (record: ResetRecord) => Promise<void>;

interface Reset {
  readonly plan: ResetPlan;
  readonly control: ResetControl;
  readonly work: Work;
  readonly board: StepBoard;
  readonly persist: Persist;
  readonly notes: readonly string[];
}

/** A stop or a start that was begun is waited for, whatever happens meanwhile. */
const never = new AbortController().signal;

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
  const services = await control.status(work.signal);
  const active = activeServices(services);
  const plan = planReset(control.settings, wantedOf(order, active), active);
  await refuseProblems(plan, control, work);
  const notes = notesOn(services, plan);
  const reset = { plan, control, work, persist, notes, board: new StepBoard(onStep) };
  const done = await resetServices(reset);
  return order.kedge === true ? await restartKedge(reset, done) : done;
}

function wantedOf({ ids, automatic }: ResetOrder, active: ReadonlySet<string>): ResetOrder['ids'] {
  return automatic === true && ids !== 'all' ? ids.filter((id) => active.has(id)) : ids;
}

/** Before anything is stopped: what could not be started again afterwards is left running. */
async function refuseProblems(plan: ResetPlan, control: ResetControl, work: Work): Promise<void> {
  const ids = [...new Set([...plan.stop, ...plan.start])];
  const problems = (await control.preflight?.(ids, work.signal)) ?? [];
  for (const { weight, failure } of problems) {
    if (weight === 'refuses') throw new KedgeError(failure.code, failure.params);
    work.log('warning', wordFailure(failure).message);
  }
}

async function resetServices(reset: Reset): Promise<ResetReport> {
  const { plan, board, persist } = reset;
  board.add('stop', plan.stop);
  const before = async (id: string) =>
    await persist({ start: plan.start, at: `stopping ${id}`, stopping: id });
  const { stopped, refused } = await stopInOrder(plan.stop, { ...reset, before });
  if (refused !== undefined) return await rollBack(reset, stopped, refused);
  board.add('start', plan.start);
  const down = await startAgain(reset, plan.start);
  return report(reset, outcomeOf(down, plan.start));
}

/** Starts again what was stopped, and the one that refused if it has ended since. */
async function rollBack(
  reset: Reset,
  stopped: readonly string[],
  refused: string,
): Promise<ResetReport> {
  const { plan, control, board, work } = reset;
  const running = activeServices(await control.status(never));
  const ended = new Set([...stopped, ...(running.has(refused) ? [] : [refused])]);
  const ids = plan.start.filter((id) => ended.has(id));
  board.add('start', ids);
  const down = await startAgain(reset, ids);
  work.signal.throwIfAborted();
  return report(reset, down.size === 0 ? 'rolled back' : 'failed');
}

async function startAgain(reset: Reset, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { plan, control, work, board } = reset;
  const before = async (id: string) => {
    await note(reset, { start: plan.start, at: `starting ${id}` });
    work.progress(`starting ${id}`, ids.indexOf(id), ids.length, false);
  };
  const down = await startInOrder(ids, { control, board, before });
  await note(reset, { start: plan.start });
  return down;
}

/** On a full disk the record of an earlier step stays; a service that would stay down for that is worse. */
async function note({ persist, work }: Reset, record: ResetRecord): Promise<void> {
  await persist(record).catch((error: unknown) => {
    const { message } = wordFailure(failureOf(error));
    work.log('warning', `how far the reset is could not be written down: ${message}`);
  });
}

function outcomeOf(down: ReadonlySet<string>, asked: readonly string[]): ResetReport['outcome'] {
  if (down.size === 0) return 'done';
  return down.size === asked.length ? 'failed' : 'degraded';
}

/** What the start of a service clears away by itself. */
function notesOn(services: readonly Service[], plan: ResetPlan): readonly string[] {
  return services
    .filter(({ id, why }) => plan.start.includes(id) && why.startsWith(startedTooOften))
    .map(({ id }) => `${id} had been started too often for its manager; that was cleared`);
}

function report({ board, notes }: Reset, outcome: ResetReport['outcome']): ResetReport {
  const noted = notes.length === 0 ? {} : { notes };
  return { outcome, steps: board.steps, retried: [], ...noted };
}

/** Where it succeeds, this process ends with the daemon and the next daemon ends the job by its record. */
async function restartKedge(reset: Reset, done: ResetReport): Promise<ResetReport> {
  const { plan, control, board, work, persist } = reset;
  board.add('restart', ['kedge']);
  if (done.outcome === 'failed' || done.outcome === 'rolled back') {
    board.skip('restart', 'kedge', 'left running, as the services were not reset');
    return report(reset, done.outcome);
  }
  work.progress('restarting Kedge', 0, 1, false);
  await board.run('restart', 'kedge', async () => {
    const at = 'restarting Kedge';
    await persist({ start: plan.start, at, report: report(reset, done.outcome) });
    await control.restartKedge?.(never);
    throw new KedgeError('kedge-restart-failed', { why: 'it goes on running' });
  });
  return report(reset, 'degraded');
}

/** After a death in mid-reset: starts what was to run at its end; undefined where it had come to its end. */
export async function resumeReset(
  record: ResetRecord,
  control: ResetControl,
  work: Work,
  onStep: (steps: readonly ResetStep[]) => void,
  persist: Persist,
): Promise<ResetReport | undefined> {
  const { at, stopping } = record;
  if (at === undefined) return undefined;
  // The configuration may have lost a service since.
  const start = record.start.filter((id) => control.settings[id] !== undefined);
  const plan = { stop: [], start };
  const reset = { plan, control, work, persist, notes: [], board: new StepBoard(onStep) };
  work.log('warning', `the reset was interrupted at "${at}"; starting what ran before it`);
  await endStop(reset, stopping);
  reset.board.add('start', start);
  const down = await startAgain(reset, start);
  return { ...report(reset, outcomeOf(down, start)), interruptedAt: at };
}

/** What was asked to stop would else be taken for up, and end a moment later. */
async function endStop(reset: Reset, stopping: string | undefined): Promise<void> {
  const { control, board, plan } = reset;
  if (stopping === undefined || control.settings[stopping] === undefined) return;
  board.add('stop', [stopping]);
  await note(reset, { start: plan.start, at: `stopping ${stopping}`, stopping });
  await board.run('stop', stopping, () => control.stop(stopping, never));
}
