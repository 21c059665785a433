import { expect, test } from 'vitest';
import { backupFigures } from '../../../agent/server/metrics/backup-figures.ts';
import { cannedBackup, cannedNowMs } from '../../support/canned-snapshot.ts';

const dayMs = 86_400_000;
const figuresOf = (...changes: Parameters<typeof cannedBackup>[0][]) =>
  backupFigures(changes.map(cannedBackup), 'installation-1', cannedNowMs);

test('nothing is made up where there is no backup', () => {
  expect(figuresOf()).toEqual({ counts: [], newest: [], unverifiedFulls: 0 });
});

test('backups are counted by where they lie, copies too, and in which state', () => {
  const { counts } = figuresOf(
    { sizeBytes: 10 },
    { sizeBytes: 20, copies: [{ path: '/usb/b', store: 'usb', presence: 'offline' }] },
    { sizeBytes: 40, proven: { atMs: 1, seconds: 1 } },
    { sizeBytes: 80, integrity: 'damaged' },
    { sizeBytes: 160, kind: 'differential', proof: { kind: 'sealed' }, store: undefined as never },
    { sizeBytes: 320, presence: 'missing' },
  );
  const full = { kind: 'full' };
  expect(counts).toEqual([
    { store: '', kind: 'differential', state: 'sealed', count: 1, bytes: 160 },
    { ...full, store: 'local', state: 'damaged', count: 1, bytes: 80 },
    { ...full, store: 'local', state: 'missing', count: 1, bytes: 0 },
    { ...full, store: 'local', state: 'proven', count: 1, bytes: 40 },
    { ...full, store: 'local', state: 'verified', count: 2, bytes: 30 },
    { ...full, store: 'usb', state: 'offline', count: 1, bytes: 20 },
  ]);
});

test('the newest is told by schedule and kind, and beside it the newest good one', () => {
  const nightly = { schedule: 'nightly', origin: 'schedule' } as const;
  const { newest } = figuresOf(
    { ...nightly, capturedAtMs: 3_000, sizeBytes: 3, proof: { kind: 'sealed' } },
    { ...nightly, capturedAtMs: 2_000, sizeBytes: 2 },
    { ...nightly, capturedAtMs: 1_000, sizeBytes: 1 },
    { ...nightly, kind: 'differential', capturedAtMs: 2_500, integrity: 'pending' },
    { origin: 'safety', capturedAtMs: 9_000 },
    { presence: 'missing', capturedAtMs: 9_000 },
  );
  expect(newest).toEqual([
    expect.objectContaining({ schedule: 'nightly', kind: 'differential', atMs: 2_500 }),
    {
      schedule: 'nightly',
      kind: 'full',
      bytes: 3,
      contentBytes: 157_286_400,
      atMs: 3_000,
      goodMs: 2_000,
    },
  ]);
  expect(newest[0]).not.toHaveProperty('goodMs');
});

test('what another installation backed up says nothing of this one', () => {
  const other = { installation: 'other', proven: { atMs: 9_000, seconds: 1 } };
  const { counts, ...rest } = figuresOf(other);
  expect(counts).toHaveLength(1);
  expect(rest).toEqual({ newest: [], unverifiedFulls: 0 });
});

test('a full is overdue 31 days after every byte of it was read last, or after it was taken', () => {
  const verified = (days: number) =>
    ({ proof: { kind: 'verified', atMs: cannedNowMs - days * dayMs } }) as const;
  const long = { capturedAtMs: cannedNowMs - 40 * dayMs };
  const figures = figuresOf(
    { ...long, ...verified(30) },
    { ...long, ...verified(32) },
    { ...long, proof: { kind: 'sealed' } },
    { proof: { kind: 'sealed' } },
    { ...long, ...verified(32), presence: 'offline' },
    { ...long, ...verified(32), kind: 'differential' },
    { ...long, proof: { kind: 'damaged', atMs: 0, problem: 'x' } },
  );
  expect(figures).toMatchObject({
    unverifiedFulls: 2,
    lastVerifiedMs: cannedNowMs - 30 * dayMs,
    newestGoodFullMs: long.capturedAtMs,
  });
});
