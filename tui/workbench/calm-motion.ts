import type { Job, Progress } from '../../protocol/domain/job.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import type { State } from '../store/state.ts';

interface Moment {
  readonly state: State;
  readonly nowMs: number;
}

/** What moves by itself changes this often at most. */
const everyMs = 2_000;

/** Makes seconds and the progress of jobs stand still between two looks; all else passes at once. */
export function calmMotion(): (moment: Moment) => Moment {
  let look = Number.NaN;
  let shown: ReadonlyMap<number, Progress> = new Map();
  return ({ state, nowMs }) => {
    const now = Math.floor(nowMs / everyMs);
    const { snapshot } = state;
    const running = runningOf(snapshot);
    const stays = (id: number, { step }: Progress): boolean =>
      now === look && shown.get(id)?.step === step;
    shown = new Map(
      running.map(([id, progress]) => [
        id,
        stays(id, progress) ? (shown.get(id) ?? progress) : progress,
      ]),
    );
    look = now;
    return {
      nowMs: now * everyMs,
      state: snapshot === undefined ? state : { ...state, snapshot: withProgress(snapshot, shown) },
    };
  };
}

function runningOf(snapshot: Snapshot | undefined): readonly (readonly [number, Progress])[] {
  return (snapshot?.jobs ?? []).flatMap(({ id, state }) =>
    state.kind === 'running' ? [[id, state.progress] as const] : [],
  );
}

function withProgress(snapshot: Snapshot, shown: ReadonlyMap<number, Progress>): Snapshot {
  const jobs = snapshot.jobs.map((job): Job => {
    const progress = shown.get(job.id);
    if (job.state.kind !== 'running' || progress === undefined) return job;
    return { ...job, state: { ...job.state, progress } };
  });
  return { ...snapshot, jobs };
}
