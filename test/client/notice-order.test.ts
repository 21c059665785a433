import { expect, test } from 'vitest';
import type { Notice } from '../../protocol/notices.ts';
import { createNoticeOrder } from '../../tui/client/notice-order.ts';

function notice(seq: number): Notice {
  return { epoch: 'e', seq, change: { topic: 'backups', total: seq } };
}

function recorded() {
  const applied: number[] = [];
  let gaps = 0;
  const order = createNoticeOrder({
    apply: (change) => applied.push(change.topic === 'backups' ? change.total : -1),
    gap: () => {
      gaps += 1;
    },
  });
  return { order, applied, gaps: () => gaps };
}

test('notices that came before the snapshot are applied after it, those it holds are dropped', () => {
  const { order, applied, gaps } = recorded();
  for (const seq of [4, 5, 6]) order.received(notice(seq));
  expect(applied).toEqual([]);
  order.snapshotRead(5);
  order.received(notice(7));
  expect([applied, gaps()]).toEqual([[6, 7], 0]);
});

test('after a gap nothing is applied until the snapshot was read again', () => {
  const { order, applied, gaps } = recorded();
  order.snapshotRead(1);
  for (const seq of [2, 4, 5]) order.received(notice(seq));
  expect([applied, gaps()]).toEqual([[2], 1]);
  order.snapshotRead(4);
  expect([applied, gaps()]).toEqual([[2, 5], 1]);
});

test('a notice that comes twice is applied once', () => {
  const { order, applied } = recorded();
  order.snapshotRead(1);
  for (const seq of [2, 2, 3]) order.received(notice(seq));
  expect(applied).toEqual([2, 3]);
});
