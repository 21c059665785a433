import { expect, test } from 'vitest';
import { type Health, unknownHealth } from '../../agent/services/health.ts';
import {
  alone,
  nextLookMs,
  type Pace,
  placeOf,
  probeDelayMs,
} from '../../agent/services/look-pace.ts';

const services = Array.from({ length: 50 }, (_, index) => ({
  place: placeOf(index),
  questions: 100,
}));
const answerMs = 5;

/** When each of fifty services is asked within a time, on a clock of the test's own. */
function asked(health: Health, fromMs: number, toMs: number): readonly number[] {
  return services.flatMap((pace) => askedOne(health, pace, fromMs, toMs)).toSorted((a, b) => a - b);
}

function askedOne(health: Health, pace: Pace, fromMs: number, toMs: number): readonly number[] {
  const times: number[] = [];
  for (let nowMs = fromMs; nowMs < toMs; nowMs += nextLookMs(health, nowMs, false, pace)) {
    nowMs += probeDelayMs(health, nowMs, false, pace);
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

test('fifty quiet services are asked every 90 s, never four of them within a second', () => {
  const times = asked(healthy, 90_000, 90_000 + 4 * 90_000);
  expect(times).toHaveLength(4 * 50);
  expect(mostWithin(times, 1000)).toBeLessThan(4);
});

test('up to eight services with a probe each are asked every 15 s', () => {
  expect(nextLookMs(healthy, 60_000, false, alone)).toBe(15_000);
  expect(nextLookMs(healthy, 60_000, false, { place: 0, questions: 16 })).toBe(15_000);
});

test('fifty services that have just been found are asked over the whole second', () => {
  const times = asked(unknownHealth(60_000), 60_000, 65_000);
  expect(times).toHaveLength(5 * 50);
  expect(mostWithin(times, 100)).toBeLessThan(10);
});

test('whoever waits for a start does not wait for the turn of the others', () => {
  expect(probeDelayMs(healthy, 60_000, true, { place: 0.9, questions: 100 })).toBe(0);
});
