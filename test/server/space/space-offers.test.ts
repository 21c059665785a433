import { expect, test } from 'vitest';
import { type OfferInput, offersOf } from '../../../agent/server/space/space-offers.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { cannedBackup, cannedNowMs } from '../../support/canned-snapshot.ts';

const dayMs = 24 * 3_600_000;

function full(id: string, days: number, more: Partial<Backup> = {}): Backup {
  return cannedBackup({ id, capturedAtMs: cannedNowMs - days * dayMs, sizeBytes: 1_000, ...more });
}

function differential(id: string, base: string, days: number, more: Partial<Backup> = {}): Backup {
  return full(id, days, { kind: 'differential', base, sizeBytes: 10, ...more });
}

const nothing: OfferInput = {
  nowMs: cannedNowMs,
  stores: ['local'],
  backups: [],
  installation: 'installation-1',
  held: new Set(),
  undos: [],
  goes: new Set(),
  trash: { count: 0, bytes: 0 },
  withoutTrash: new Set(),
  uploads: [],
};

function offers(changes: Partial<OfferInput>) {
  return offersOf({ ...nothing, ...changes }).map(({ kind, bytes, args }) => ({
    kind,
    bytes,
    args,
  }));
}

test('where nothing may go nothing is offered', () => {
  expect(offers({})).toEqual([]);
  expect(offers({ backups: [full('a', 1), differential('a1', 'a', 0.5)] })).toEqual([]);
});

test('differentials before the newest good full may go, not those that are pinned, read, elsewhere or newer', () => {
  const backups = [
    full('old', 9),
    differential('old1', 'old', 8),
    differential('pinned', 'old', 8, { pinned: true }),
    differential('read', 'old', 8),
    differential('away', 'old', 8, { presence: 'offline' }),
    differential('other', 'old', 8, { store: 'other' }),
    full('new', 7),
    differential('new1', 'new', 6),
    // Not good: it is no reason to let go of what was before it.
    full('damaged', 1, { proof: { kind: 'damaged', atMs: 0, problem: 'a bit' } }),
  ];
  expect(offers({ backups, held: new Set(['read']) })).toEqual([
    { kind: 'differentials', bytes: 10, args: { what: 'differentials', store: 'local' } },
  ]);
});

test('nothing of another installation that shares the destination is offered', () => {
  const foreign = { installation: 'theirs' };
  const theirs = [full('x', 50, foreign), differential('x1', 'x', 49, foreign)];
  expect(offers({ backups: [...theirs, full('y', 1, foreign)] })).toEqual([]);
  // Nor is their newest full a reason to let go of what is older here.
  const ours = [full('a', 9), differential('a1', 'a', 8), full('y', 1, foreign)];
  expect(offers({ backups: ours })).toEqual([]);
});

test('fulls of more than a month may be moved with their differentials, to the drive that is known, never the newest', () => {
  const backups = [
    full('old', 90),
    differential('old1', 'old', 80),
    full('pinned', 70, { pinned: true }),
    full('new', 40),
  ];
  const [, move] = offersOf({ ...nothing, backups, drive: 'usb' });
  expect(move).toEqual({
    kind: 'move',
    text: '1 full older than 30 days with 1 differential of theirs to "usb"',
    bytes: 1_010,
    count: 2,
    cost: 'a restore from them needs that place',
    command: 'backup.move',
    args: { backup: ['old'], to: 'usb' },
  });
  expect(offers({ backups })[1]?.args).toEqual({ backup: ['old'] });
});

test('undos that are ready and not pinned, the trash, uploads and what the rules let go are offered, what costs least first', () => {
  const undo = {
    id: 'u1',
    job: 3,
    createdAtMs: 0,
    expiresAtMs: 1,
    bytes: 500,
    title: 'restore clinic',
    state: 'ready',
    sources: [],
    places: [],
  } as const;
  const found = offersOf({
    ...nothing,
    backups: [full('a', 1), full('b', 20)],
    goes: new Set(['b', 'elsewhere']),
    undos: [undo, { ...undo, id: 'u2', pinned: true }, { ...undo, id: 'u3', state: 'used' }],
    trash: { count: 2, bytes: 70 },
    uploads: [{ store: 'local', bytes: 4 }],
  });
  expect(found.map(({ kind, text, bytes, command }) => [kind, text, bytes, command])).toEqual([
    ['uploads', '1 upload to "local" that was not finished', 4, 'space.clear'],
    ['trash', '2 deleted backups in the trash', 70, 'trash.empty'],
    ['retention', '1 backup that the rules of the schedules let go', 1_000, 'retention.run'],
    ['undo', 'the undo of "restore clinic"', 500, 'undo.remove'],
  ]);
});
