import { expect, test } from 'vitest';
import type { Change } from '../../protocol/notices.ts';
import { linesOf } from '../../tui/store/log-ring.ts';
import { withChange, withCommandLine, withSnapshot } from '../../tui/store/reducer.ts';
import { emptyState, type State } from '../../tui/store/state.ts';
import { cannedJob, cannedNowMs, cannedSnapshot } from '../support/canned-snapshot.ts';

const state: State = withSnapshot(emptyState, cannedSnapshot());

test('a job that is known is replaced in its place, a new one comes first', () => {
  const one = withChange(state, { topic: 'job', job: cannedJob({ id: 1 }) });
  const two = withChange(one, { topic: 'job', job: cannedJob({ id: 2 }) });
  const again = withChange(two, { topic: 'job', job: cannedJob({ id: 1, title: 'changed' }) });
  expect(again.snapshot?.jobs.map((job) => `${job.id} ${job.title}`)).toEqual([
    '2 Back up clinic',
    '1 changed',
  ]);
});

test('at most 200 jobs are kept, the newest', () => {
  let many = state;
  for (let id = 1; id <= 210; id += 1)
    many = withChange(many, { topic: 'job', job: cannedJob({ id }) });
  expect(many.snapshot?.jobs).toHaveLength(200);
  expect(many.snapshot?.jobs[0]?.id).toBe(210);
});

test.each<Change>([
  { topic: 'services', services: [] },
  { topic: 'schedules', schedules: [] },
  { topic: 'stores', stores: [] },
  { topic: 'problems', problems: [] },
  { topic: 'undos', undos: [] },
])('a notice about $topic replaces that list only', (change) => {
  const changed = withChange(state, change).snapshot;
  expect(changed).toEqual({ ...cannedSnapshot(), [change.topic]: [] });
});

test('a notice about backups changes the count in the snapshot and over the list', () => {
  const changed = withChange(state, { topic: 'backups', total: 9 });
  expect([changed.snapshot?.backupCount, changed.backups.total]).toEqual([9, 9]);
});

test('the log is bounded and what is in it is made safe', () => {
  let logged = state;
  for (let n = 0; n < 2_010; n += 1) {
    const line = { atMs: cannedNowMs, level: 'info', text: `${n}\x1b` } as const;
    logged = withChange(logged, { topic: 'log', line });
  }
  expect(linesOf(logged.log)).toHaveLength(2_000);
  expect(linesOf(logged.log).at(-1)?.text).toBe('2009\\x1b');
});

test('texts of the server are made safe on their way in', () => {
  const evil = cannedSnapshot({ application: { id: 'x', name: '\x1b]0;owned\x07' } });
  expect(withSnapshot(emptyState, evil).snapshot?.application?.name).toBe('\\x1b]0;owned\\x07');
});

test('command lines are kept with their time, newest last', () => {
  const logged = withCommandLine(withCommandLine(state, 'kedge status', 1), 'kedge init', 2);
  expect(logged.commandLog).toEqual([
    { atMs: 1, text: 'kedge status' },
    { atMs: 2, text: 'kedge init' },
  ]);
});
