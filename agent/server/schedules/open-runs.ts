import { errorMessage } from '../../os/error-code.ts';
import type { Due } from '../../schedule/due-runs.ts';
import type { NewRun, RunChange, RunRecord } from '../../state/runs.ts';
import type { Daemon } from '../daemon.ts';
import type { Way } from './make-way.ts';

/** Those runs that run or wait, in memory as they stand in the state. */
export interface OpenRuns {
  /** Reads them, at the start. */
  load(): readonly RunRecord[];
  all(): readonly RunRecord[];
  /** All or nothing of what has come due; answers the new ones, through or not. Throws where it can't be written. */
  serve(schedule: string, due: Due, way: Way | undefined): readonly RunRecord[];
  add(run: NewRun): RunRecord;
  /** Answers the run as it is now. Where it can't be written down that is logged: the next start finds it as before. */
  change(run: RunRecord, change: RunChange): RunRecord;
}

export function createOpenRuns(daemon: () => Daemon, onChange: () => void): OpenRuns {
  const open = new Map<number, RunRecord>();
  const take = (run: RunRecord): RunRecord => {
    if (run.outcome === 'running' || run.outcome === 'waiting') open.set(run.id, run);
    else open.delete(run.id);
    return run;
  };
  return {
    load: () => daemon().state.runs.open().map(take),
    all: () => [...open.values()],
    serve: (schedule, due, way) =>
      daemon()
        .state.runs.serve(schedule, due.slotMs, rowsOf(schedule, due, way))
        .map(take),
    add: (run) => take(daemon().state.runs.add(run)),
    change(run, change) {
      const { job: _job, retryMs: _retryMs, note: _note, ...rest } = run;
      try {
        daemon().state.runs.change(run.id, change);
      } catch (error) {
        const text = `a run could not be written down: ${errorMessage(error)}`;
        daemon().log.write('error', `schedule "${run.schedule}": ${text}`);
      }
      const changed = take({ ...rest, ...change });
      onChange();
      return changed;
    },
  };
}

function rowsOf(schedule: string, { run, left }: Due, way: Way | undefined): readonly NewRun[] {
  const plain = { schedule, byHand: false } as const;
  const gone = left.map((one) => ({ ...plain, ...one, tries: 0 }));
  if (run === undefined || way === undefined) return gone;
  const due: NewRun =
    way.kind === 'free'
      ? { ...plain, ...run, outcome: 'waiting', tries: 1 }
      : { ...plain, ...run, outcome: 'skipped', tries: 0, note: way.why };
  return [...gone, due];
}
