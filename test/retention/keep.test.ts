import { describe, expect, it } from 'vitest';
import { previewRetention } from '../../agent/retention/retain.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { Keep, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { nightly, now, oldBackup, sourceGap } from '../support/retention-cases.ts';

function preview(
  backups: readonly Backup[],
  settings: Partial<ScheduleSettings>,
  nowMs = now,
): Readonly<Record<string, string>> {
  const lines = previewRetention({
    backups,
    rules: [nightly(settings)],
    nowMs,
    leases: new Set(),
    installation: 'here',
  });
  return Object.fromEntries(lines.map((line) => [line.backup, `${line.verdict}: ${line.reason}`]));
}

/** Named by the moment it was captured. */
function at(moment: string, more: Partial<Backup> = {}): Backup {
  return oldBackup(moment, 0, { capturedAtMs: Date.parse(moment), ...more });
}

function staying(moments: readonly string[], keep: Keep, zone = 'UTC'): readonly string[] {
  const lines = preview(
    moments.map((moment) => at(moment)),
    { keep, zone },
  );
  return moments.filter((moment) => lines[moment]?.startsWith('stays') === true);
}

describe('keep', () => {
  it('names the last K good ones, and says so of what goes', () => {
    const backups = [
      oldBackup('a', 1),
      oldBackup('bad', 2, { gaps: [sourceGap] }),
      oldBackup('gone', 3, { presence: 'missing' }),
      oldBackup('b', 4),
      oldBackup('hand', 5, { origin: 'manual' }),
      oldBackup('c', 6),
    ];
    expect(preview(backups, { keep: { last: 2 } })).toEqual({
      a: 'stays: one of the last 2',
      bad: 'goes: not among the last 2; a source is missing in it, and there is a newer good one',
      gone: 'stays: its file is missing',
      b: 'stays: one of the last 2',
      hand: 'stays: made by hand; only you delete it',
      c: 'goes: not among the last 2',
    });
  });

  it('is beside the age: what it names stays although it is older', () => {
    const backups = [
      oldBackup('a', 1),
      oldBackup('b', 40),
      oldBackup('c', 50),
      oldBackup('d', 400),
    ];
    expect(preview(backups, { deleteOlderThan: '30 days', keep: { last: 1, monthly: 2 } })).toEqual(
      {
        a: 'stays: not older than 30 days, and one of the last 1',
        b: 'stays: the newest of 2026-10 (2 monthly)',
        c: 'goes: older than 30 days and not among the last 1 and 2 monthly',
        d: 'goes: older than 30 days and not among the last 1 and 2 monthly',
      },
    );
  });

  it('takes days by the wall clock of the zone, over summer time and where a date is missing', () => {
    const berlin = ['2026-10-24T22:30Z', '2026-10-25T22:59Z', '2026-10-25T23:30Z'];
    expect(staying(berlin, { daily: 9 }, 'Europe/Berlin')).toEqual(berlin.slice(1));
    const apia = ['2011-12-29T12:00Z', '2011-12-30T09:00Z', '2011-12-30T11:00Z'];
    expect(staying(apia, { daily: 2 }, 'Pacific/Apia')).toEqual(apia.slice(1));
  });

  it('takes weeks by ISO 8601, and periods without a backup do not count', () => {
    const sundays = ['2025-12-28T12:00Z', '2025-12-29T12:00Z', '2026-01-04T12:00Z'];
    expect(staying(sundays, { weekly: 9 })).toEqual(['2025-12-28T12:00Z', '2026-01-04T12:00Z']);
    const sparse = [
      '2019-03-01T12:00Z',
      '2023-03-01T12:00Z',
      '2023-09-01T12:00Z',
      '2026-01-01T12:00Z',
    ];
    expect(staying(sparse, { yearly: 3 })).toEqual([sparse[0], sparse[2], sparse[3]]);
  });

  it('keeps the full of a differential that it names, and not the other differentials', () => {
    const diff = { kind: 'differential', base: 'full' } as const;
    const backups = [
      oldBackup('new', 0),
      oldBackup('evening', 40, diff),
      oldBackup('noon', 40.2, diff),
      oldBackup('full', 40.4),
    ];
    expect(preview(backups, { keep: { daily: 2 } })).toEqual({
      new: 'stays: the newest of 2026-11-21 (2 daily)',
      evening: 'stays: the newest of 2026-10-12 (2 daily)',
      noon: 'goes: not among 2 daily',
      full: 'stays: differential evening needs it',
    });
  });

  it('gives a backup two days to be verified before it counts for nothing', () => {
    const sealed = { proof: { kind: 'sealed' }, integrity: 'pending' } as const;
    const backups = [oldBackup('a', 0), oldBackup('b', 1, sealed), oldBackup('c', 3, sealed)];
    expect(preview(backups, { keep: { last: 1 } })).toMatchObject({
      b: 'stays: not yet verified',
      c: 'goes: not among the last 1; not yet verified, and there is a newer good one',
    });
  });
});

describe('a schedule with a second destination', () => {
  const settings = { deleteOlderThan: '30 days', copyTo: 'nas' };
  const copy = (presence: 'present' | 'offline' | 'missing') => ({
    copies: [{ path: '/nas/x', store: 'nas', presence }],
  });

  it('lets nothing go that does not lie there yet', () => {
    const backups = [
      oldBackup('new', 0),
      oldBackup('none', 40),
      oldBackup('lost', 41, copy('missing')),
      oldBackup('away', 42, copy('offline')),
      oldBackup('there', 43, copy('present')),
      oldBackup('moved', 44, { store: 'nas' }),
      oldBackup('bad', 45, { integrity: 'damaged' }),
    ];
    expect(preview(backups, settings)).toMatchObject({
      none: 'stays: not yet copied to "nas"',
      lost: 'stays: not yet copied to "nas"',
      away: 'goes: older than 30 days',
      there: 'goes: older than 30 days',
      moved: 'goes: older than 30 days',
      bad: 'goes: older than 30 days; damaged, and there is a newer good one',
    });
  });

  it('touches nothing that somebody brought elsewhere', () => {
    const backups = [oldBackup('new', 0), oldBackup('moved', 40, { store: 'usb' })];
    expect(preview(backups, settings)['moved']).toBe(
      'stays: schedule "nightly" puts nothing into "usb"; only you delete it',
    );
  });
});

it('says until when: by age, with the differentials that need it, and not where nobody knows', () => {
  const diff = { kind: 'differential', base: 'full' } as const;
  const backups = [
    oldBackup('new', 0),
    oldBackup('diff', 29, diff),
    oldBackup('full', 30.5),
    oldBackup('diff-2', 1, { ...diff, base: 'full-2' }),
    oldBackup('full-2', 2),
  ];
  const rules = [nightly({ deleteOlderThan: '30 days' })];
  const until = (leases: readonly string[]) =>
    Object.fromEntries(
      previewRetention({
        backups,
        rules,
        nowMs: now,
        leases: new Set(leases),
        installation: 'here',
      })
        .filter(({ untilMs }) => untilMs !== undefined)
        .map(({ backup, untilMs = 0 }) => [backup, (untilMs - now) / (24 * 3_600_000)]),
    );
  expect(until([])).toEqual({ new: 30, diff: 1, full: 1, 'diff-2': 29, 'full-2': 29 });
  const pinned = backups.map((each) =>
    each.id === 'diff' ? { ...each, pinned: true as const } : each,
  );
  const [line] = previewRetention({
    backups: pinned,
    rules,
    nowMs: now,
    leases: new Set(),
    installation: 'here',
  }).filter(({ backup }) => backup === 'full');
  expect(line).toEqual({ backup: 'full', verdict: 'stays', reason: 'differential diff needs it' });
});

it('takes only what the schedule put somewhere, and of a chain that was copied by hand also the full', () => {
  const onDrive = { copies: [{ path: '/usb/x', store: 'usb', presence: 'present' }] } as const;
  const diff = { kind: 'differential', base: 'full', ...onDrive } as const;
  const lines = (full: Partial<Backup>) =>
    previewRetention({
      backups: [oldBackup('new', 0), oldBackup('diff', 40, diff), oldBackup('full', 41, full)],
      rules: [nightly({ deleteOlderThan: '30 days' })],
      nowMs: now,
      leases: new Set(),
      installation: 'here',
    })
      .slice(1)
      .map(({ backup, verdict, reason, store }) => [backup, verdict, store, reason]);
  const also = 'it also lies where its schedule puts nothing; only you delete it there';
  expect(lines(onDrive)).toEqual([
    ['diff', 'stays', undefined, also],
    ['diff', 'goes', 'disk', 'older than 30 days'],
    ['full', 'stays', undefined, also],
    ['full', 'goes', 'disk', 'older than 30 days'],
  ]);
  expect(lines({})).toEqual([
    ['diff', 'stays', undefined, also],
    ['diff', 'goes', 'disk', 'older than 30 days'],
    ['full', 'stays', undefined, 'differential diff needs it'],
  ]);
});
