import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Paced, paced } from '../../tui/workbench/paced.ts';

let change: () => void = () => undefined;
let changes: Paced;
let told = 0;

beforeEach(() => {
  vi.useFakeTimers();
  told = 0;
  changes = paced((listener) => {
    change = listener;
    return () => undefined;
  }, 25);
  changes.subscribe(() => told++);
});
afterEach(() => {
  changes[Symbol.dispose]();
  vi.useRealTimers();
});

test('the first change is told at once, a flood after it once each 25 ms', () => {
  change();
  expect(told).toBe(1);
  for (let ms = 0; ms < 100; ms++) {
    change();
    vi.advanceTimersByTime(1);
  }
  expect(told).toBe(5);
});

test('the last change of a flood is told too', () => {
  change();
  change();
  expect(told).toBe(1);
  vi.advanceTimersByTime(25);
  expect(told).toBe(2);
});

test('what waits is told when somebody looks for it, and then not again', () => {
  change();
  change();
  changes.flush();
  changes.flush();
  vi.advanceTimersByTime(100);
  expect(told).toBe(2);
});
