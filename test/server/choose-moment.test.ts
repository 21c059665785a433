import { expect, test } from 'vitest';
import { chooseMoment as choose, whyNotGood } from '../../agent/server/choose-moment.ts';
import { backupDays, backupMoments } from '../../agent/server/moments.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';

/** All files are there but for those called "gone". */
const chooseMoment = async (
  list: Parameters<typeof choose>[0],
  application: string,
  atMs: number,
) => await choose(list, application, atMs, async (path) => !path.includes('gone'));

const noon = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;

function backup(id: string, hours: number, more: Partial<Backup> = {}): Backup {
  return {
    ...cannedBackup(),
    id,
    kind: 'full',
    application: 'clinic',
    path: `/b/${id}.tar.zst`,
    capturedAtMs: noon + hours * hour,
    presence: 'present',
    proof: { kind: 'verified', atMs: 0 },
    integrity: 'ok',
    gaps: [],
    ...more,
  };
}

function listed(...backups: readonly Backup[]) {
  const sorted = backups.toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  return {
    page: (offset: number, limit: number) => ({
      total: sorted.length,
      backups: sorted.slice(offset, offset + limit),
    }),
    get: (id: string) => backups.find((each) => each.id === id),
  };
}

test('the newest good one at or before the moment is chosen, with the gap', async () => {
  const list = listed(backup('a', -3), backup('b', -1), backup('c', 0), backup('d', 1));
  expect(await chooseMoment(list, 'clinic', noon)).toMatchObject({
    backup: { id: 'c' },
    asked: { atMs: noon, gapSeconds: 0, passedOver: [] },
  });
  expect(await chooseMoment(list, 'clinic', noon - 1)).toMatchObject({
    backup: { id: 'b' },
    asked: { gapSeconds: 3600 },
  });
});

test('newer ones that are not good are named with the reason', async () => {
  const gap = { kind: 'source', source: 'db', path: '', reason: 'it was locked' } as const;
  const list = listed(
    backup('good', -9),
    backup('torn', -5, { proof: { kind: 'damaged', atMs: 0, problem: 'frame 3' } }),
    backup('rotten', -4, { integrity: 'damaged' }),
    backup('fresh', -3, { proof: { kind: 'sealed' }, integrity: 'pending' }),
    backup('partial', -2, { gaps: [gap] }),
    backup('away', -1, { presence: 'offline' }),
    backup('gone', -0.7),
    backup('foreign', -0.5, { application: 'other' }),
  );
  const { backup: chosen, asked } = await chooseMoment(list, 'clinic', noon);
  expect(chosen.id).toBe('good');
  expect(asked.gapSeconds).toBe(9 * 3600);
  expect(asked.passedOver.map(({ backup: id, why }) => [id, why])).toEqual([
    ['gone', 'its file is gone'],
    ['away', 'its destination is offline'],
    ['partial', 'source "db" is not in it: it was locked'],
    ['fresh', 'it was not verified yet'],
    ['rotten', 'what it holds is damaged: see its verification'],
    ['torn', 'it is damaged: frame 3'],
  ]);
});

test('a differential whose full is not here is not good', () => {
  const diff = backup('diff', -1, { kind: 'differential', base: 'full', baseName: 'full.tar.zst' });
  expect(whyNotGood(diff, listed(diff))).toBe('its full "full.tar.zst" is not here');
  const bad = backup('full', -2, { proof: { kind: 'damaged', atMs: 0, problem: 'x' } });
  expect(whyNotGood(diff, listed(diff, bad))).toBe('its full "full.tar.zst" is damaged');
  expect(whyNotGood(diff, listed(diff, backup('full', -2)))).toBeUndefined();
});

test('where there is none the reason is given', async () => {
  const later = listed(backup('later', 2));
  await expect(chooseMoment(later, 'clinic', noon)).rejects.toThrow(
    'there is no good backup from 2026-11-20 12:00 UTC or before: the oldest, "later.tar.zst", is of 2026-11-20 14:00 UTC',
  );
  await expect(chooseMoment(listed(), 'clinic', noon)).rejects.toThrow(
    'there are none of this application',
  );
  const bad = listed(backup('bad', -1, { integrity: 'damaged' }));
  await expect(chooseMoment(bad, 'clinic', noon)).rejects.toThrow(
    'of "bad.tar.zst", the newest, what it holds is damaged',
  );
});

test('far back in a long list it is found too', async () => {
  const many = Array.from({ length: 650 }, (_, n) => backup(`n${n}`, -n));
  expect((await chooseMoment(listed(...many), 'clinic', noon - 600 * hour)).backup.id).toBe('n600');
});

test('days of a zone are listed with the number of good backups, and what was taken in a day', async () => {
  const list = listed(
    backup('morning', -4),
    backup('noon', 0),
    backup('bad', 1, { integrity: 'damaged' }),
    backup('evening', 10),
    backup('foreign', 11, { application: 'other' }),
  );
  const { days, older } = await backupDays(list, 'clinic', 'Asia/Tehran');
  expect(older).toBe(false);
  expect(days).toEqual([
    { day: '2026-11-21', fromMs: noon + 10 * hour, toMs: noon + 10 * hour, good: 1, total: 1 },
    { day: '2026-11-20', fromMs: noon - 4 * hour, toMs: noon + hour, good: 2, total: 3 },
  ]);
  const moments = await backupMoments(list, 'clinic', days[1] ?? { fromMs: 0, toMs: 0 });
  expect(moments).toEqual([
    {
      backup: 'bad',
      name: 'bad.tar.zst',
      capturedAtMs: noon + hour,
      kind: 'full',
      why: 'what it holds is damaged: see its verification',
    },
    { backup: 'noon', name: 'noon.tar.zst', capturedAtMs: noon, kind: 'full' },
    { backup: 'morning', name: 'morning.tar.zst', capturedAtMs: noon - 4 * hour, kind: 'full' },
  ]);
  await expect(backupDays(list, 'clinic', 'Mars/Base')).rejects.toThrow(/no time zone/);
});

test('of very many backups the newest ten thousand are looked at', async () => {
  const many = Array.from({ length: 10_001 }, (_, n) => backup(`n${n}`, -n / 100));
  const { days, older } = await backupDays(listed(...many), 'clinic', 'UTC');
  expect(older).toBe(true);
  expect(days.reduce((sum, { total }) => sum + total, 0)).toBe(10_000);
});
