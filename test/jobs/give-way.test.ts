import { expect, test } from 'vitest';
import { givesWay } from '../../agent/jobs/give-way.ts';
import type { JobOrder } from '../../agent/jobs/job-order.ts';
import { createJobQueue } from '../../agent/jobs/job-queue.ts';
import { cannedJob } from '../support/canned-snapshot.ts';

const verify: JobOrder = { kind: 'verify', path: '/b/full.tar.zst', backup: 'b1' };
const patient: JobOrder = { ...verify, rota: 'gives way' };
const insisting: JobOrder = { ...verify, rota: 'insists' };
const backup: JobOrder = {
  kind: 'backup',
  backupId: 'b2',
  origin: 'schedule',
  destination: { kind: 'store', store: 'local' },
};

test('a job of the rota gives way to all but the rota; one that insists only to a person who wants its place', () => {
  const of = (running: JobOrder) =>
    (['schedule', 'kedge', 'manual'] as const).flatMap((origin) =>
      [backup, verify, patient].map((order) => givesWay(running, { origin, order })),
    );
  expect(of(patient)).toEqual([true, true, false, true, true, false, true, true, false]);
  expect(of(insisting)).toEqual([false, false, false, false, false, false, false, true, false]);
  expect(of(verify)).not.toContain(true);
});

test('a job of the rota leaves the queue when nothing runs and nothing else waits', () => {
  const queue = createJobQueue();
  queue.add(cannedJob({ id: 1 }), patient, false);
  expect(queue.take('reading', false)).toBeUndefined();
  queue.add(cannedJob({ id: 2 }), backup, false);
  expect(queue.take('reading', true)).toBeUndefined();
  queue.add(cannedJob({ id: 3 }), verify, false);
  expect(queue.take('reading', true)?.job.id).toBe(3);
  expect(queue.take('writing', true)?.job.id).toBe(2);
  expect(queue.take('reading', true)?.job.id).toBe(1);
});
