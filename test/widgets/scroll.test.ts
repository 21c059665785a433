import { expect, test } from 'vitest';
import { edgeScroll, move } from '../../tui/widgets/scroll.ts';

test('a page leaves one row of the one before, and where only one row fits it is one row', () => {
  expect(move(50, 'page-down', 10, 100)).toBe(59);
  expect(move(50, 'page-up', 10, 100)).toBe(41);
  for (const height of [0, 1]) {
    expect(move(50, 'page-down', height, 100)).toBe(51);
    expect(move(50, 'page-up', height, 100)).toBe(49);
  }
});

test('no movement leaves the list, and the selection stays in the window', () => {
  expect(move(0, 'up', 10, 100)).toBe(0);
  expect(move(99, 'wheel-down', 10, 100)).toBe(99);
  expect(move(0, 'down', 10, 0)).toBe(0);
  expect(edgeScroll(40, 55, 10, 100)).toBe(46);
  expect(edgeScroll(95, 99, 10, 100)).toBe(90);
});
