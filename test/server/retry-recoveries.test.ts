import { expect, test } from 'vitest';
import { endedWithoutServer } from '../../agent/server/recoveries.ts';
import type { Job } from '../../protocol/domain/job.ts';

type Ended = Pick<Job, 'kind' | 'state'>;

const failed = (kind: Job['kind'], code: 'database-unreachable' | 'internal'): Ended => ({
  kind,
  state: { kind: 'failed', failure: { code, params: {} } },
});

test('of recoveries the last decides: only one whose server was down is tried again by itself', () => {
  const [down, other] = [
    failed('recovery', 'database-unreachable'),
    failed('recovery', 'internal'),
  ];
  const backup = failed('backup', 'database-unreachable');
  expect(
    [[down, other], [backup, down], [other, down], [backup], []].map(endedWithoutServer),
  ).toEqual([true, true, false, false, false]);
});
