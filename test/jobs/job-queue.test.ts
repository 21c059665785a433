import { expect, test } from 'vitest';
import type { JobOrder } from '../../agent/jobs/job-order.ts';
import { createJobQueue } from '../../agent/jobs/job-queue.ts';
import type { Job } from '../../protocol/domain/job.ts';

test('recoveries come before all that waits, the oldest first', () => {
  const queue = createJobQueue();
  const add = (id: number, order: JobOrder, first: boolean): void =>
    queue.add({ id } as Job, order, first);
  const recovery = (journal: string) => ({ kind: 'recovery', journal }) as const;
  const reset = { kind: 'reset', services: [] } as const;
  add(1, reset, false);
  add(2, recovery('12.jsonl'), true);
  add(3, recovery('15.jsonl'), true);
  add(4, reset, true);
  add(5, recovery('19.jsonl'), true);
  expect(queue.waiting().map(({ id }) => id)).toEqual([2, 3, 5, 4, 1]);
});
