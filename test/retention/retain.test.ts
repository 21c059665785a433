import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewRetention, type RetentionRule } from '../../agent/retention/retain.ts';
import { suspendedBecause } from '../../agent/retention/suspended-because.ts';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.parse('2026-11-21T12:00Z');
const none: ReadonlySet<string> = new Set();
const sourceGap = { kind: 'source', source: 'db', path: '', reason: 'damaged' } as const;

function rule(
  deleteOlderThan: string | undefined,
  more: Partial<RetentionRule> = {},
): RetentionRule {
  const full = { every: 'day', at: '02:00' } as const;
  const settings = { full, store: 'disk', zone: 'UTC' };
  return {
    id: 'nightly',
    settings: deleteOlderThan === undefined ? settings : { ...settings, deleteOlderThan },
    ...more,
  };
}

function backup(id: string, ageDays: number, more: Partial<Backup> = {}): Backup {
  return {
    id,
    kind: 'full',
    application: 'clinic',
    host: 'server',
    installation: 'here',
    origin: 'schedule',
    schedule: 'nightly',
    capturedAtMs: now - ageDays * dayMs,
    zone: 'UTC',
    path: `/store/${id}.tar.zst`,
    store: 'disk',
    presence: 'present',
    sizeBytes: 1,
    contentBytes: 1,
    outcome: 'complete',
    gaps: [],
    sources: [],
    proof: { kind: 'verified', atMs: now },
    integrity: 'ok',
    ...more,
  };
}

function preview(backups: readonly Backup[], rules = [rule('30 days')], leases = none) {
  const lines = previewRetention(backups, rules, now, leases, 'here');
  return Object.fromEntries(lines.map((line) => [line.backup, `${line.verdict}: ${line.reason}`]));
}

describe('a schedule that deletes what is older than 30 days', () => {
  it('never touches what lies outside all destinations', () => {
    const { store: _store, ...copied } = backup('copied', 50);
    expect(preview([backup('a', 1), copied, backup('b', 50)])).toMatchObject({
      copied: 'stays: it lies outside all destinations; only you delete it',
      b: 'goes: older than 30 days',
    });
  });

  it('lets older ones go, newest first in the list', () => {
    expect(
      previewRetention(
        [backup('c', 40), backup('a', 1), backup('b', 30)],
        [rule('30 days')],
        now,
        none,
        'here',
      ),
    ).toEqual([
      { backup: 'a', verdict: 'stays', reason: 'not older than 30 days' },
      { backup: 'b', verdict: 'stays', reason: 'not older than 30 days' },
      { backup: 'c', verdict: 'goes', reason: 'older than 30 days' },
    ]);
  });

  it('keeps the newest good full however old it is', () => {
    expect(preview([backup('old', 400), backup('older', 500)])).toEqual({
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
    expect(preview([backup('good', 40), backup('newer', 1, more)])['good']).toBe(
      'stays: the newest good full always stays',
    );
  });

  it('counts a newer one by hand in a store, and one that lacks only a file', () => {
    expect(preview([backup('good', 40), backup('newer', 1, { origin: 'manual' })])['good']).toMatch(
      /^goes/,
    );
    const gaps = [{ ...sourceGap, kind: 'file' as const }];
    expect(preview([backup('good', 40), backup('newer', 1, { gaps })])['good']).toMatch(/^goes/);
  });

  it('lets bad ones go only when a newer good one exists', () => {
    const bad = { proof: { kind: 'damaged', atMs: now, problem: 'frame 3' } } as const;
    expect(preview([backup('bad', 40, bad)])).toEqual({
      bad: 'stays: damaged, but there is no newer good full',
    });
    expect(preview([backup('bad', 40, bad), backup('good', 50)])['bad']).toBe(
      'stays: damaged, but there is no newer good full',
    );
    expect(preview([backup('bad', 40, bad), backup('good', 2)])['bad']).toBe(
      'goes: older than 30 days; damaged, and there is a newer good one',
    );
    expect(preview([backup('gap', 40, { gaps: [sourceGap] }), backup('good', 2)])['gap']).toBe(
      'goes: older than 30 days; a source is missing in it, and there is a newer good one',
    );
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
    expect(preview([backup('new', 1), backup('old', 400, more)])['old']).toBe(`stays: ${reason}`);
  });

  it('keeps what a job reads, and the full that a living differential needs', () => {
    const diff = { kind: 'differential', base: 'full' } as const;
    const backups = [backup('new', 1), backup('diff', 40, diff), backup('full', 41)];
    expect(preview(backups)).toMatchObject({
      diff: 'goes: older than 30 days',
      full: 'goes: older than 30 days',
    });
    expect(preview(backups, [rule('30 days')], new Set(['diff']))).toMatchObject({
      diff: 'stays: in use by a job',
      full: 'stays: differential "diff" needs it',
    });
  });

  it('lets nothing go while suspended, paused, or without a rule', () => {
    const backups = [backup('new', 1), backup('old', 40)];
    const why = suspendedBecause({ atMs: now, outcome: 'failed' }, { name: 'disk', online: true });
    expect(preview(backups, [rule('30 days', { suspendedBecause: why })])['old']).toBe(
      'stays: nothing goes: the last run of the schedule failed',
    );
    const { settings } = rule('30 days');
    expect(
      preview(backups, [{ id: 'nightly', settings: { ...settings, paused: true } }])['old'],
    ).toBe('stays: schedule "nightly" is paused');
    expect(preview(backups, [rule(undefined)])['old']).toBe(
      'stays: schedule "nightly" deletes nothing',
    );
  });

  it('lets nothing go while the newest good one is dated in the future', () => {
    expect(preview([backup('new', -1), backup('old', 40)])['old']).toContain('dated in the future');
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

describe('two years of random histories', () => {
  const event = fc.record({
    fate: fc.constantFrom('good', 'good', 'good', 'gap', 'damaged', 'sealed', 'none'),
    origin: fc.constantFrom('schedule', 'schedule', 'schedule', 'manual', 'safety', 'checkpoint'),
    presence: fc.constantFrom('present', 'present', 'present', 'missing', 'offline'),
    installation: fc.constantFrom('here', 'here', 'here', 'elsewhere'),
    leased: fc.boolean(),
  } as const);
  const history = fc.array(event, { minLength: 104, maxLength: 104 });
  const age = fc.constantFrom('12 hours', '10 days', '6 weeks', '3 months', '1 year');
  const named =
    /newest good full|made by|checkpoint|safety|file is missing|offline|in use|no newer good|under way/;

  const fates: Record<string, Partial<Backup>> = {
    good: {},
    gap: { gaps: [sourceGap] },
    damaged: { integrity: 'damaged' },
    sealed: { proof: { kind: 'sealed' }, integrity: 'pending' },
  };
  const usable = (b: Backup) => isGood(b) && b.presence === 'present' && b.installation === 'here';
  const newestGoodOf = (list: readonly Backup[]) =>
    list.filter(usable).reduce((a, b) => (b.capturedAtMs > a ? b.capturedAtMs : a), -Infinity);

  it('keep the newest good full, keep nothing past its rule without a named reason, and are the same each time', () => {
    fc.assert(
      fc.property(history, age, fc.nat(), (events, deleteOlderThan, seed) => {
        let kept: readonly Backup[] = [];
        for (const [week, { fate, leased, ...more }] of events.entries()) {
          const at = now + week * 7 * dayMs;
          if (fate !== 'none') {
            kept = [...kept, backup(`b${week}`, 0, { ...more, ...fates[fate], capturedAtMs: at })];
          }
          const leases = new Set(leased ? kept.slice(0, 2).map(({ id }) => id) : []);
          const rules = [rule(deleteOlderThan)];
          const lines = previewRetention(kept, rules, at + hourMs, leases, 'here');
          const turned = [...kept.slice(seed % 7), ...kept.slice(0, seed % 7)];
          expect(previewRetention(turned, rules, at + hourMs, leases, 'here')).toEqual(lines);
          expect(lines.map((line) => line.backup).sort()).toEqual(kept.map(({ id }) => id).sort());

          const going = new Set(
            lines.filter((line) => line.verdict === 'goes').map((line) => line.backup),
          );
          const left = kept.filter(({ id }) => !going.has(id));
          expect(newestGoodOf(left)).toBe(newestGoodOf(kept));
          for (const { id, origin, installation, presence } of kept.filter((b) =>
            going.has(b.id),
          )) {
            expect([id, origin, installation, presence, leases.has(id)]).toEqual([
              id,
              'schedule',
              'here',
              'present',
              false,
            ]);
          }
          for (const line of lines.filter((l) => l.verdict === 'stays')) {
            if (line.reason !== `not older than ${deleteOlderThan}`)
              expect(line.reason).toMatch(named);
          }
          kept = left;
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
