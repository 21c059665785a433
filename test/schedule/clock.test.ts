import { expect, it } from 'vitest';
import { systemClock } from '../../agent/schedule/clock.ts';

it('the system clock wakes at its time', async () => {
  const dueMs = systemClock.steady() + 40;
  await systemClock.sleep(40, new AbortController().signal);
  expect(systemClock.steady()).toBeGreaterThanOrEqual(dueMs - 1);
});

it('a sleep ends with its signal', async () => {
  const stop = new AbortController();
  const asleep = systemClock.sleep(86_400_000, stop.signal);
  stop.abort();
  expect(await asleep).toBeUndefined();
});
