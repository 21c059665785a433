import { expect, test } from 'vitest';
import { createThroughputRecords } from '../../agent/jobs/throughput.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { cannedJob } from '../support/canned-snapshot.ts';

const at = (rate: number, id = 1): Job =>
  cannedJob({
    id,
    state: {
      kind: 'running',
      progress: { step: 'reading', bytesDone: 0, bytesTotal: 0, rate, cancellable: true },
    },
  });

test('each second has the mean of what was told in it, and one without a word has none', () => {
  const records = createThroughputRecords();
  records.take(at(10), 0);
  records.take(at(30), 900);
  records.take(at(8), 2_500);
  expect(records.of(1)).toEqual({ fromMs: 0, everyMs: 1_000, bytesPerSecond: [20, 0, 8] });
  expect(records.of(2)).toBeUndefined();
});

test('a long job keeps no more points than a short one: each stands for a longer time', () => {
  const records = createThroughputRecords();
  for (let second = 0; second < 3_600; second++) records.take(at(second), second * 1_000);
  const { everyMs = 0, bytesPerSecond = [] } = records.of(1) ?? {};
  expect([everyMs, bytesPerSecond.length]).toEqual([32_000, 113]);
  expect(bytesPerSecond[1]).toBe(48);
});

test('of many jobs the oldest are forgotten', () => {
  const records = createThroughputRecords();
  for (let job = 1; job <= 60; job++) records.take(at(5, job), job);
  expect([10, 11].map((job) => records.of(job) === undefined)).toEqual([true, false]);
});
