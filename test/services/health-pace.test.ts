import { expect, test } from 'vitest';
import { type Health, unknownHealth } from '../../agent/services/health.ts';
import { nextLookMs, placeOf, probeDelayMs } from '../../agent/services/look-pace.ts';

const services = Array.from({ length: 50 }, (_, index) => placeOf(index));
const answerMs = 5;

/** When each of fifty services is asked within a time, on a clock of the test's own. */
function asked(health: Health, fromMs: number, toMs: number): readonly number[] {
  return services
    .flatMap((place) => askedOne(health, place, fromMs, toMs))
    .toSorted((a, b) => a - b);
}

function askedOne(health: Health, place: number, fromMs: number, toMs: number): readonly number[] {
  const times: number[] = [];
  for (let nowMs = fromMs; nowMs < toMs; nowMs += nextLookMs(health, nowMs, false)) {
    nowMs += probeDelayMs(health, nowMs, false, place);
    times.push(nowMs);
    nowMs += answerMs;
  }
  return times;
}

function mostWithin(times: readonly number[], spanMs: number): number {
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + spanMs).length),
  );
}

const healthy: Health = { ...unknownHealth(0), state: 'healthy' };

test('fifty quiet services are asked every 15 s, never three of them within 300 ms', () => {
  const times = asked(healthy, 60_000, 60_000 + 4 * 15_000);
  expect(times).toHaveLength(4 * 50);
  expect(mostWithin(times, 300)).toBeLessThan(3);
});

test('fifty services that have just been found are asked over the whole second', () => {
  const times = asked(unknownHealth(60_000), 60_000, 65_000);
  expect(times).toHaveLength(5 * 50);
  expect(mostWithin(times, 100)).toBeLessThan(10);
});

test('whoever waits for a start does not wait for the turn of the others', () => {
  expect(probeDelayMs(healthy, 60_000, true, 0.9)).toBe(0);
});
