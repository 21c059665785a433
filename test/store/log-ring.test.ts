import { expect, test } from 'vitest';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import { emptyLog, linesOf, logLimit, ringOf, withLine } from '../../tui/store/log-ring.ts';

const line = (n: number): LogLine => ({ atMs: n, level: 'info', text: `line ${n}` });

test('a ring keeps the last lines with their numbers, and an older one stays what it was', () => {
  const first = withLine(withLine(emptyLog, line(0)), line(1));
  const one = withLine(first, line(2));
  const other = withLine(first, line(3));
  expect(linesOf(first).map(({ text }) => text)).toEqual(['line 0', 'line 1']);
  expect(linesOf(one).map(({ text }) => text)).toEqual(['line 0', 'line 1', 'line 2']);
  expect(linesOf(other).map(({ text, number }) => [number, text])).toEqual([
    [0, 'line 0'],
    [1, 'line 1'],
    [2, 'line 3'],
  ]);
});

test('100,000 lines leave the last 2,000, in a list that never grows beyond twice as many', () => {
  let log = ringOf([line(-1)]);
  let longest = 0;
  for (let n = 0; n < 100_000; n++) {
    log = withLine(log, line(n));
    longest = Math.max(longest, log.buffer.length);
  }
  const kept = linesOf(log);
  expect(kept).toHaveLength(logLimit);
  expect([kept[0]?.text, kept.at(-1)?.text]).toEqual(['line 98000', 'line 99999']);
  expect(longest).toBeLessThanOrEqual(2 * logLimit);
});
