import type { ResetStep } from '../../protocol/domain/service.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Work } from '../os/work.ts';
import type { ResetControl } from './reset-control.ts';
import type { StepBoard } from './step-board.ts';

export interface StopOptions {
  readonly control: ResetControl;
  readonly board: StepBoard;
  readonly work: Work;
  /** Told before each one, which is left running where this throws. */
  readonly before: (id: string) => Promise<void>;
}

export interface StopResult {
  readonly stopped: readonly string[];
  /** The one that did not stop, or that was not stopped any more, after a cancel or on a full disk. */
  readonly refused?: string;
}

/** Stops services one after the other, each proven down; then proves once more that all of them are. */
export async function stopInOrder(
  ids: readonly string[],
  options: StopOptions,
): Promise<StopResult> {
  const { board, work } = options;
  const stopped: string[] = [];
  for (const [at, id] of ids.entries()) {
    const why = await whyNot(id, options);
    work.progress(`stopping ${id}`, at, ids.length);
    if (why !== undefined) {
      skipStops(board, ids.slice(at), why);
      return { stopped, refused: id };
    }
    if (!(await stopOne(id, options))) {
      skipStops(board, ids.slice(at + 1), 'left running');
      return { stopped, refused: id };
    }
    stopped.push(id);
  }
  const refused = await firstThatCameBack(ids, options);
  return refused === undefined ? { stopped } : { stopped, refused };
}

async function whyNot(id: string, { work, before }: StopOptions): Promise<string | undefined> {
  try {
    await before(id);
    return work.signal.aborted ? 'cancelled' : undefined;
  } catch (error) {
    return wordFailure(failureOf(error)).message;
  }
}

// A stop runs to its own end: SIGTERM can't be taken back, so only then is known what must be started again.
const never = new AbortController().signal;

async function stopOne(id: string, { control, board }: StopOptions): Promise<boolean> {
  return await board.run('stop', id, () => control.stop(id, never));
}

/** Something may have started one again while the others were stopped: once more, then it is given up. */
async function firstThatCameBack(
  ids: readonly string[],
  options: StopOptions,
): Promise<string | undefined> {
  const services = await options.control.status(never);
  const up = services.filter(({ id, health }) => ids.includes(id) && !isDown(health));
  for (const { id, startedBy = 'something other than Kedge' } of up) {
    options.work.log('warning', `${id} was started again by ${startedBy}; it is stopped once more`);
    if ((await whyNot(id, options)) !== undefined || !(await stopOne(id, options))) return id;
  }
  return undefined;
}

function isDown(health: string): boolean {
  return health === 'stopped' || health === 'failed' || health === 'unknown';
}

function skipStops(board: StepBoard, ids: readonly string[], detail: ResetStep['detail']): void {
  for (const id of ids) board.skip('stop', id, detail);
}
