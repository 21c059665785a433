import { describe, expect, it } from 'vitest';
import { previewRetention } from '../../agent/retention/retain.ts';
import { suspendedBecause } from '../../agent/retention/suspended-because.ts';
import type { RetentionRule } from '../../agent/retention/verdict.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { dayMs, nightly, now, oldBackup, sourceGap } from '../support/retention-cases.ts';

const none: ReadonlySet<string> = new Set();

function rule(deleteOlderThan: string, more: Partial<RetentionRule> = {}): RetentionRule {
  return nightly({ deleteOlderThan }, more);
}

function preview(backups: readonly Backup[], rules = [rule('30 days')], leases = none) {
  const lines = previewRetention({ backups, rules, nowMs: now, leases, installation: 'here' });
  return Object.fromEntries(lines.map((line) => [line.backup, `${line.verdict}: ${line.reason}`]));
}

describe('a schedule that deletes what is older than 30 days', () => {
  it('never touches what lies outside all destinations', () => {
    const { store: _store, ...copied } = oldBackup('copied', 50);
    expect(preview([oldBackup('a', 1), copied, oldBackup('b', 50)])).toMatchObject({
      copied: 'stays: it lies outside all destinations; only you delete it',
      b: 'goes: older than 30 days',
    });
  });

  it('lets older ones go, newest first in the list', () => {
    expect(
      previewRetention({
        backups: [oldBackup('c', 40), oldBackup('a', 1), oldBackup('b', 30)],
        rules: [rule('30 days')],
        nowMs: now,
        leases: none,
        installation: 'here',
      }),
    ).toEqual([
      {
        backup: 'a',
        verdict: 'stays',
        reason: 'not older than 30 days',
        untilMs: now + 29 * dayMs,
      },
      { backup: 'b', verdict: 'stays', reason: 'not older than 30 days', untilMs: now },
      { backup: 'c', verdict: 'goes', reason: 'older than 30 days' },
    ]);
  });

  it('keeps the newest good full however old it is', () => {
    expect(preview([oldBackup('old', 400), oldBackup('older', 500)])).toEqual({
      old: 'stays: the newest good full always stays',
      older: 'goes: older than 30 days',
    });
  });

  it.each<[string, Partial<Backup>]>([
    ['is damaged', { proof: { kind: 'damaged', atMs: now, problem: 'frame 3' } }],
    ['has damaged content', { integrity: 'damaged' }],
    ['lacks a source', { gaps: [sourceGap] }],
    ['is not yet verified', { proof: { kind: 'sealed' }, integrity: 'pending' }],
    ['is offline', { presence: 'offline' }],
    ['is missing', { presence: 'missing' }],
    ['is of another installation', { installation: 'elsewhere' }],
    ['is of another application', { application: 'shop' }],
    ['is a differential', { kind: 'differential', base: 'x' }],
    ['lies outside all stores', { origin: 'manual', store: undefined } as Partial<Backup>],
  ])('does not count a newer one that %s', (_, more) => {
    expect(preview([oldBackup('good', 40), oldBackup('newer', 1, more)])['good']).toBe(
      'stays: the newest good full always stays',
    );
  });

  it('counts a newer one by hand in a store, and one that lacks only a file', () => {
    expect(
      preview([oldBackup('good', 40), oldBackup('newer', 1, { origin: 'manual' })])['good'],
    ).toMatch(/^goes/);
    const gaps = [{ ...sourceGap, kind: 'file' as const }];
    expect(preview([oldBackup('good', 40), oldBackup('newer', 1, { gaps })])['good']).toMatch(
      /^goes/,
    );
  });

  it('lets bad ones go only when a newer good one exists', () => {
    const bad = { proof: { kind: 'damaged', atMs: now, problem: 'frame 3' } } as const;
    expect(preview([oldBackup('bad', 40, bad)])).toEqual({
      bad: 'stays: damaged, but there is no newer good full',
    });
    expect(preview([oldBackup('bad', 40, bad), oldBackup('good', 50)])['bad']).toBe(
      'stays: damaged, but there is no newer good full',
    );
    expect(preview([oldBackup('bad', 40, bad), oldBackup('good', 2)])['bad']).toBe(
      'goes: older than 30 days; damaged, and there is a newer good one',
    );
    expect(
      preview([oldBackup('gap', 40, { gaps: [sourceGap] }), oldBackup('good', 2)])['gap'],
    ).toBe('goes: older than 30 days; a source is missing in it, and there is a newer good one');
  });

  it.each<[string, Partial<Backup>]>([
    ['made by hand; only you delete it', { origin: 'manual' }],
    ['a checkpoint; only you delete it', { origin: 'checkpoint' }],
    ['pinned; "kedge backup unpin" lets go of it', { pinned: true }],
    ['a safety backup; it goes with the undo it belongs to', { origin: 'safety' }],
    ['made by another installation of Kedge', { installation: 'elsewhere' }],
    ['its file is missing', { presence: 'missing' }],
    ['its destination is offline', { presence: 'offline' }],
    ['its schedule is no longer in the configuration', { schedule: 'weekly' }],
  ])('keeps an old one: %s', (reason, more) => {
    expect(preview([oldBackup('new', 1), oldBackup('old', 400, more)])['old']).toBe(
      `stays: ${reason}`,
    );
  });

  it('keeps what a job reads, and the full that a living differential needs', () => {
    const diff = { kind: 'differential', base: 'full' } as const;
    const backups = [oldBackup('new', 1), oldBackup('diff', 40, diff), oldBackup('full', 41)];
    expect(preview(backups)).toMatchObject({
      diff: 'goes: older than 30 days',
      full: 'goes: older than 30 days',
    });
    expect(preview(backups, [rule('30 days')], new Set(['diff']))).toMatchObject({
      diff: 'stays: in use by a job',
      full: 'stays: differential diff needs it',
    });
  });

  it('lets nothing go while suspended, paused, or without a rule', () => {
    const backups = [oldBackup('new', 1), oldBackup('old', 40)];
    const why = suspendedBecause({ outcome: 'failed' }, { name: 'disk', online: true });
    expect(preview(backups, [rule('30 days', { suspendedBecause: why })])['old']).toBe(
      'stays: nothing goes: the last run of the schedule failed',
    );
    const { settings } = rule('30 days');
    expect(
      preview(backups, [{ id: 'nightly', settings: { ...settings, paused: true } }])['old'],
    ).toBe('stays: schedule "nightly" is paused');
    expect(preview(backups, [nightly()])['old']).toBe('stays: schedule "nightly" deletes nothing');
  });

  it('lets nothing go while the newest good one is dated in the future', () => {
    expect(preview([oldBackup('new', -1), oldBackup('old', 40)])['old']).toContain(
      'dated in the future',
    );
  });
});

it.each([
  [undefined, true, undefined],
  ['complete', true, undefined],
  ['complete with named gaps', true, undefined],
  ['cancelled', true, undefined],
  ['failed', true, 'the last run of the schedule failed'],
  ['running', true, 'a run of the schedule is under way'],
  ['complete', false, 'destination "disk" is offline'],
] as const)('last run %s, store online %s: %s', (outcome, online, words) => {
  const run = outcome === undefined ? undefined : { atMs: now, outcome };
  expect(suspendedBecause(run, { name: 'disk', online })).toBe(words);
});
