import { expect, test } from 'vitest';
import { watchClock } from '../../agent/server/clock-watch.ts';

const hourMs = 3_600_000;

function clocks() {
  const at = { wall: 1_800_000_000_000, steady: 5_000 };
  const watch = watchClock(
    () => at.wall,
    () => at.steady,
  );
  const pass = (ms: number): void => {
    at.wall += ms;
    at.steady += ms;
  };
  return { at, watch, pass };
}

test('a clock that runs is trusted, however long nobody asks', () => {
  const { watch, pass } = clocks();
  pass(400 * 24 * hourMs);
  expect(watch.doubt()).toBeUndefined();
});

test.each([[365 * 24 * hourMs], [-2 * hourMs]])(
  'a clock that was set by %i ms is not trusted for a day',
  (jumpMs) => {
    const { at, watch, pass } = clocks();
    at.wall += jumpMs;
    expect(watch.doubt()).toContain('the clock was set');
    pass(23 * hourMs);
    expect(watch.doubt()).toContain('the clock was set');
    pass(hourMs);
    expect(watch.doubt()).toBeUndefined();
  },
);

test('many small corrections are none', () => {
  const { at, watch, pass } = clocks();
  for (let hour = 0; hour < 100; hour++) {
    at.wall += 60_000;
    pass(hourMs);
    expect(watch.doubt()).toBeUndefined();
  }
});
