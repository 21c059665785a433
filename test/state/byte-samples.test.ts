import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../agent/state/state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const dayMs = 86_400_000;

test('the first figure of a day is kept, and the one nearest to a beginning is found', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  const { bytes } = state;
  expect(bytes.nearest(0)).toBeUndefined();
  for (const day of [500, 501, 503]) {
    bytes.add({ atMs: day * dayMs + 1_000, bytes: day });
    bytes.add({ atMs: day * dayMs + 2_000, bytes: 9_999 });
  }
  const found = (atMs: number) => bytes.nearest(atMs)?.bytes;
  expect([found(400 * dayMs), found(502 * dayMs), found(504 * dayMs)]).toEqual([500, 501, 503]);
  bytes.add({ atMs: 902 * dayMs, bytes: 902 });
  expect(found(400 * dayMs)).toBe(503);
});
