import { expect, test } from 'vitest';
import { backoffMs } from '../../tui/client/backoff.ts';

test('the wait doubles from half a second to ten seconds', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 1));
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
});

test('chance takes up to a half of it, so that clients do not come back at once', () => {
  expect([backoffMs(3, 0), backoffMs(3, 0.5), backoffMs(3, 1)]).toEqual([2_000, 3_000, 4_000]);
});
