import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeEnds } from '../../agent/jobs/written-ends.ts';
import { openState } from '../../agent/state/state.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

test('what a full disk kept from being written down is written when there is room, or jobs would be at work for ever', () => {
  using state = openState(join(temporaryFolder(), 'state.sqlite'));
  const asked = { kind: 'restore', title: '', command: '', origin: 'manual', order: {} } as const;
  const [first, second] = [state.jobs.add(asked, 1).id, state.jobs.add(asked, 1).id];
  let isFull = true;
  const ends = writeEnds({
    finished(...end) {
      if (isFull)
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      state.jobs.finished(...end);
    },
  });
  expect(ends.write(first, 2, { kind: 'cancelled' })).toContain('database or disk is full');
  ends.catchUp();
  expect(state.jobs.unfinished().map(({ job }) => job.id)).toEqual([first, second]);
  isFull = false;
  expect(ends.write(second, 3, { kind: 'cancelled' })).toBe(undefined);
  expect(state.jobs.unfinished()).toEqual([]);
  expect(state.jobs.get(first)?.job).toMatchObject({
    finishedAtMs: 2,
    state: { kind: 'cancelled' },
  });
});
