import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createThroughputRecords } from '../../agent/jobs/throughput.ts';
import { openState } from '../../agent/state/state.ts';
import type { Job, Throughput } from '../../protocol/domain/job.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { tempFolder } from '../support/temp-folder.ts';

const at = (rate: number, id = 1): Job =>
  cannedJob({
    id,
    state: {
      kind: 'running',
      progress: { step: 'reading', bytesDone: 0, bytesTotal: 0, rate, cancellable: true },
    },
  });

const over = (id: number): Job => cannedJob({ id, state: { kind: 'cancelled' } });
const forgetful = { save: () => undefined, of: (): Throughput | undefined => undefined };

test('each second has the mean of what was told in it, and one without a word has none', () => {
  const records = createThroughputRecords(forgetful);
  records.take(at(10), 0);
  records.take(at(30), 900);
  records.take(at(8), 2_500);
  expect(records.of(1)).toEqual({ fromMs: 0, everyMs: 1_000, bytesPerSecond: [20, 0, 8] });
  expect(records.of(2)).toBeUndefined();
});

test('a long job keeps no more points than a short one: each stands for a longer time', () => {
  const records = createThroughputRecords(forgetful);
  for (let second = 0; second < 3_600; second++) records.take(at(second), second * 1_000);
  const { everyMs = 0, bytesPerSecond = [] } = records.of(1) ?? {};
  expect([everyMs, bytesPerSecond.length]).toEqual([32_000, 113]);
  expect(bytesPerSecond[1]).toBe(48);
});

test('what is over is still there after a restart, of the newest jobs', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  {
    using state = openState(path);
    const records = createThroughputRecords(state.throughputs);
    for (const job of [1, 2, 501]) {
      records.take(at(job, job), 0);
      records.take(over(job), 1_000);
    }
  }
  using state = openState(path);
  const records = createThroughputRecords(state.throughputs);
  expect([1, 2, 501].map((job) => records.of(job)?.bytesPerSecond)).toEqual([
    undefined,
    [2],
    [501],
  ]);
});

test('where nothing can be written down it stays as long as this Kedge does', () => {
  const records = createThroughputRecords({
    ...forgetful,
    save: () => {
      throw new Error('database or disk is full');
    },
  });
  records.take(at(7), 0);
  records.take(over(1), 1_000);
  expect(records.of(1)?.bytesPerSecond).toEqual([7]);
});
