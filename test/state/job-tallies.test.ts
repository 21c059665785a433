import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../agent/state/state.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { tempFolder } from '../support/temp-folder.ts';

const nightly = {
  kind: 'backup',
  title: 'backup',
  command: 'kedge schedule run nightly',
  origin: 'schedule',
  schedule: 'nightly',
  order: { kind: 'backup' },
} as const;
const failed = {
  kind: 'failed',
  failure: { code: 'cancelled', params: {} },
} as const;
const dayMs = 86_400_000;

test('how jobs ended is counted by kind, schedule and outcome, and outlives their records', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  const run = (job: Parameters<typeof state.jobs.add>[0], atMs: number, outcome: object) => {
    const { id } = state.jobs.add(job, atMs);
    state.jobs.started(id, atMs + 500, {});
    state.jobs.finished(id, atMs + 3_000, outcome as never);
    return id;
  };
  const done = (changes = {}) => ({
    kind: 'done',
    result: { kind: 'backup', backup: cannedBackup(changes) },
  });
  run(nightly, 1_000, done());
  const second = run(nightly, 11_000, done());
  // Told twice, as where a cancel meets an end.
  state.jobs.finished(second, 99_000, failed);
  run({ ...nightly, order: { differential: { base: { id: 'b', path: '/b' } } } }, 21_000, failed);
  run({ ...nightly, order: { differential: { whyFull: 'none' } } }, 31_000, failed);
  const verify = { ...nightly, kind: 'verify', schedule: undefined, origin: 'kedge' } as const;
  const { schedule: _none, ...byHand } = verify;
  const damaged = { path: '/b', frames: 1, members: 1, contentBytes: 1, sha256: 'ab' };
  run(byHand, 41_000, {
    kind: 'done',
    result: { kind: 'verify', verify: { ...damaged, integrity: 'damaged' } },
  });
  const counted = state.tallies.all();
  const backup = { kind: 'backup', schedule: 'nightly', lastSeconds: 2.5 };
  expect(counted).toEqual([
    { ...backup, variant: 'differential', outcome: 'failed', count: 1, lastMs: 24_000 },
    { ...backup, variant: 'full', outcome: 'complete', count: 2, lastMs: 14_000 },
    { ...backup, variant: 'full', outcome: 'failed', count: 1, lastMs: 34_000 },
    {
      kind: 'verify',
      schedule: '',
      variant: '',
      outcome: 'damaged',
      count: 1,
      lastMs: 44_000,
      lastSeconds: 2.5,
    },
  ]);
  expect(state.prune(200 * dayMs).length).toBeGreaterThan(0);
  expect(state.tallies.all()).toEqual(counted);
});
