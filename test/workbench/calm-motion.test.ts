import { expect, test } from 'vitest';
import { emptyState, type State } from '../../tui/store/state.ts';
import { calmMotion } from '../../tui/workbench/calm-motion.ts';
import { cannedJob, cannedSnapshot } from '../support/canned-snapshot.ts';

function at(bytesDone: number, step = 'reading'): State {
  const job = cannedJob({
    state: {
      kind: 'running',
      progress: { step, bytesDone, bytesTotal: 100, rate: 1, cancellable: true },
    },
  });
  return { ...emptyState, snapshot: cannedSnapshot({ jobs: [job] }) };
}

function bytesIn({ snapshot }: State): number | undefined {
  const job = snapshot?.jobs[0];
  return job?.state.kind === 'running' ? job.state.progress.bytesDone : undefined;
}

test('progress and seconds change every two seconds at most', () => {
  const calm = calmMotion();
  const seen = [0, 500, 1_000, 1_900, 2_000, 3_900, 4_100].map((nowMs) => {
    const shown = calm({ state: at(nowMs), nowMs });
    return [shown.nowMs, bytesIn(shown.state)];
  });
  expect(seen).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [2_000, 2_000],
    [2_000, 2_000],
    [4_000, 4_100],
  ]);
});

test('another step, and the end of a job, are seen at once', () => {
  const calm = calmMotion();
  calm({ state: at(1), nowMs: 0 });
  expect(bytesIn(calm({ state: at(2, 'writing'), nowMs: 100 }).state)).toBe(2);
  const over = { ...emptyState, snapshot: cannedSnapshot({ jobs: [] }) };
  expect(calm({ state: over, nowMs: 200 }).state.snapshot?.jobs).toEqual([]);
});
