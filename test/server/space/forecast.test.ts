import { expect, test } from 'vitest';
import {
  forecast,
  forecastByBackups,
  type SpaceSample,
} from '../../../agent/server/space/forecast.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const endMs = Date.UTC(2026, 10, 21, 12);
const gib = 2 ** 30;

/** A sample an hour, of the given number of days before the end; `day` counts up to 0. */
function hourly(days: number, free: (day: number) => number): readonly SpaceSample[] {
  return Array.from({ length: days * 24 }, (_, n) => {
    const day = n / 24 - days;
    return { atMs: endMs + day * dayMs, freeBytes: free(day) };
  });
}

/** Between -1 and 1, always the same. */
function noise(day: number): number {
  return Math.sin(day * 12.9898) * Math.cos(day * 78.233);
}

test('a place that fills evenly is full when a ruler says so, whatever the noise', () => {
  const samples = hourly(28, (day) => 100 * gib - day * 5 * gib + noise(day) * 3 * gib);
  const { growthBytesPerDay = 0, fullInDays = 0 } = forecast(samples, 100 * gib, endMs);
  expect(growthBytesPerDay / gib).toBeCloseTo(5, 0);
  expect(fullInDays).toBeGreaterThan(19);
  expect(fullInDays).toBeLessThan(21);
});

test('the saw of a weekly retention is no growth, however steep each week is', () => {
  const samples = hourly(28, (day) => 60 * gib - (((day % 7) + 7) % 7) * 6 * gib);
  expect(forecast(samples, 30 * gib, endMs).fullInDays).toBeUndefined();
});

test('a film that somebody put there, or took away, does not change the forecast much', () => {
  const grows = (day: number): number => 100 * gib - day * gib;
  const came = hourly(28, (day) => grows(day) - (day > -5 ? 200 * gib : 0));
  const plain = forecast(hourly(28, grows), 100 * gib, endMs);
  expect(plain.fullInDays).toBeCloseTo(100, 0);
  const growth = forecast(came, 100 * gib, endMs).growthBytesPerDay ?? 0;
  expect(growth / gib).toBeGreaterThan(0.9);
  expect(growth / gib).toBeLessThan(1.6);
  const freed = hourly(28, (day) => grows(day) + (day > -5 ? 200 * gib : 0));
  expect((forecast(freed, 100 * gib, endMs).growthBytesPerDay ?? 0) / gib).toBeCloseTo(1, 1);
});

test('nothing is said of less than three days, of what only empties, or of what is years away', () => {
  const grows = (day: number): number => 100 * gib - day * gib;
  expect(forecast([], gib, endMs)).toEqual({});
  expect(forecast(hourly(1, grows), gib, endMs)).toEqual({});
  expect(
    forecast(
      hourly(10, (day) => 100 * gib + day * gib),
      gib,
      endMs,
    ),
  ).toEqual({
    growthBytesPerDay: expect.closeTo(-gib, -3),
  });
  expect(forecast(hourly(10, grows), 10_000 * gib, endMs).fullInDays).toBeUndefined();
  expect(
    forecast(
      hourly(10, () => gib),
      gib,
      endMs,
    ),
  ).toEqual({ growthBytesPerDay: 0 });
});

test('what was before the last four weeks does not count', () => {
  const samples = hourly(120, (day) => (day < -30 ? 0 : 100 * gib - day * gib));
  expect(forecast(samples, 100 * gib, endMs).fullInDays).toBeCloseTo(100, 0);
});

test('before free space is known for long enough the backups of the last weeks tell, from three days on', () => {
  const daily = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      capturedAtMs: endMs - (n + 1) * dayMs,
      sizeBytes: gib,
    }));
  expect(forecastByBackups(daily(10), 20 * gib, endMs)).toEqual({
    growthBytesPerDay: gib,
    fullInDays: 20,
  });
  expect(forecastByBackups(daily(60), 20 * gib, endMs).growthBytesPerDay).toBeCloseTo(gib, -3);
  expect(forecastByBackups(daily(2), 20 * gib, endMs)).toEqual({});
  expect(forecastByBackups([], 20 * gib, endMs)).toEqual({});
  expect(forecastByBackups(daily(10), 5_000 * gib, endMs)).toEqual({ growthBytesPerDay: gib });
});
