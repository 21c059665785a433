import { expect, it } from 'vitest';
import { previewRetention } from '../../agent/retention/retain.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { nightly, now, oldBackup } from '../support/retention-cases.ts';

function goes(
  backups: readonly Backup[],
  caps: Readonly<Record<string, number>>,
  settings: Partial<ScheduleSettings> = {},
): readonly string[] {
  const lines = previewRetention({
    backups: backups.map((backup) => ({ ...backup, sizeBytes: 10 })),
    rules: [nightly(settings)],
    nowMs: now,
    leases: new Set(['leased']),
    installation: 'here',
    caps: new Map(Object.entries(caps)),
  });
  return lines
    .filter(({ verdict }) => verdict === 'goes')
    .map(({ backup, store }) => (store === undefined ? backup : `${backup} from ${store}`));
}

const diff = (base: string) => ({ kind: 'differential', base }) as const;

it('a cap takes the oldest until the others fit, and says whose cap it was', () => {
  const backups = [oldBackup('a', 1), oldBackup('b', 2), oldBackup('c', 3), oldBackup('d', 4)];
  expect(goes(backups, { disk: 40 })).toEqual([]);
  expect(goes(backups, { disk: 39 })).toEqual(['d']);
  expect(goes(backups, { disk: 20 })).toEqual(['c', 'd']);
  expect(goes(backups, { other: 1 })).toEqual([]);
  const [, line] = previewRetention({
    backups: backups.slice(0, 2),
    rules: [],
    nowMs: now,
    leases: new Set(),
    installation: 'here',
    caps: new Map([['disk', 1]]),
  });
  expect(line?.reason).toBe('destination "disk" holds more than its 1 bytes');
});

it('never takes what is protected, however full the destination is', () => {
  const backups = [
    oldBackup('newest', 1),
    oldBackup('newest-diff', 0.5, diff('newest')),
    oldBackup('leased', 2),
    oldBackup('pinned', 3, { pinned: true }),
    oldBackup('hand', 4, { origin: 'manual' }),
    oldBackup('checkpoint', 5, { origin: 'checkpoint' }),
    oldBackup('foreign', 6, { installation: 'elsewhere' }),
    oldBackup('base', 7),
    oldBackup('pinned-diff', 6.9, { ...diff('base'), pinned: true }),
    oldBackup('of-old-schedule', 8, { schedule: 'weekly' }),
  ];
  expect(goes(backups, { disk: 1 })).toEqual(['of-old-schedule']);
});

it('takes differentials before their full, and the full with the last of them', () => {
  const backups = [
    oldBackup('new', 0),
    oldBackup('d2', 5, diff('old')),
    oldBackup('d1', 6, diff('old')),
    oldBackup('old', 7),
  ];
  expect(goes(backups, { disk: 30 })).toEqual(['d1']);
  expect(goes(backups, { disk: 29 })).toEqual(['d2', 'd1']);
  expect(goes(backups, { disk: 19 })).toEqual(['d2', 'd1', 'old']);
});

it('goes before what "keep" and the age want, and counts what they let go first', () => {
  const backups = [oldBackup('a', 1), oldBackup('b', 20), oldBackup('c', 40), oldBackup('d', 50)];
  const settings = { deleteOlderThan: '30 days', keep: { last: 3 } };
  expect(goes(backups, { disk: 30 }, settings)).toEqual(['d']);
  expect(goes(backups, { disk: 20 }, settings)).toEqual(['c', 'd']);
});

it('takes a copy alone where only its destination is full, and keeps the full beside its differential', () => {
  const copied = { copies: [{ path: '/nas/x', store: 'nas', presence: 'present' }] } as const;
  const backups = [
    oldBackup('new', 0, copied),
    oldBackup('diff', 5, { ...diff('old'), ...copied }),
    oldBackup('old', 6, copied),
  ];
  expect(goes(backups, { nas: 20 })).toEqual(['diff from nas']);
  expect(goes(backups, { nas: 10 })).toEqual(['diff from nas', 'old from nas']);
  expect(goes(backups, { nas: 1, disk: 1 })).toEqual(['diff', 'old']);
});

it('does not hold a backup for a copy that a cap took again', () => {
  const copied = { copies: [{ path: '/nas/x', store: 'nas', presence: 'present' }] } as const;
  const backups = [oldBackup('new', 0, copied), oldBackup('mid', 5, copied), oldBackup('old', 40)];
  const settings = { deleteOlderThan: '30 days', copyTo: 'nas' };
  expect(goes(backups, {}, settings)).toEqual([]);
  expect(goes(backups, { nas: 20 }, settings)).toEqual(['old']);
});
