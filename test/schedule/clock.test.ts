import { expect, it } from 'vitest';
import { systemClock } from '../../agent/schedule/clock.ts';

it('the system clock wakes at its time', async () => {
  const dueMs = systemClock.now() + 40;
  await systemClock.wake(dueMs, new AbortController().signal);
  expect(systemClock.now()).toBeGreaterThanOrEqual(dueMs - 1);
});

it('a wait of months does not end at once, and ends with its signal', async () => {
  const stop = new AbortController();
  let awake = false;
  const waiting = systemClock.wake(systemClock.now() + 90 * 86_400_000, stop.signal).then(() => {
    awake = true;
  });
  await systemClock.wake(systemClock.now() + 30, new AbortController().signal);
  expect(awake).toBe(false);
  stop.abort();
  await waiting;
  expect(awake).toBe(true);
});
