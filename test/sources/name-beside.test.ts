import { expect, test } from 'vitest';
import { isOurs, nameBeside, undoSuffix } from '../../agent/sources/name-beside.ts';

const limit = { atMost: 63, lengthOf: (text: string) => Buffer.byteLength(text) };

test('what two exchanges of one second keep has names of its own, which Kedge knows as its own', () => {
  const first = nameBeside('clinic', undoSuffix(Date.UTC(2026, 10, 21, 12, 0, 0, 7)), limit);
  const second = nameBeside('clinic', undoSuffix(Date.UTC(2026, 10, 21, 12, 0, 0, 42)), limit);
  expect([first, second]).toEqual([
    'clinic__kedge_undo_20261121120000007',
    'clinic__kedge_undo_20261121120000042',
  ]);
  expect([first, second].every(isOurs)).toBe(true);
});

test('a long name is cut, not its end, and stays within what names may have', () => {
  const suffix = undoSuffix(Date.UTC(2026, 10, 21, 12, 0, 0, 7));
  const [one, other] = ['ü'.repeat(31), `${'ü'.repeat(30)}x`].map((name) =>
    nameBeside(name, suffix, limit),
  );
  expect(Buffer.byteLength(one ?? '')).toBeLessThanOrEqual(63);
  expect(one).toMatch(/^ü+_[0-9a-f]{8}__kedge_undo_20261121120000007$/);
  expect(one).not.toBe(other);
});
