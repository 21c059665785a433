import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goingOrder } from '../../agent/retention/going-order.ts';
import { previewRetention } from '../../agent/retention/retain.ts';
import type { RetentionQuestion } from '../../agent/retention/verdict.ts';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/retention.ts';
import { dayMs, hourMs, nightly, now, oldBackup, sourceGap } from '../support/retention-cases.ts';

/** Two years, looked at each week: a full now and then, differentials between them. */
const looks = 104;
const stepMs = 7 * dayMs;
const histories = 300;

const event = fc.record({
  fate: fc.constantFrom('good', 'good', 'good', 'good', 'gap', 'damaged', 'sealed', 'none'),
  kind: fc.constantFrom('full', 'differential', 'differential', 'differential'),
  origin: fc.constantFrom(
    ...([
      'schedule',
      'schedule',
      'schedule',
      'schedule',
      'schedule',
      'manual',
      'checkpoint',
    ] as const),
  ),
  installation: fc.constantFrom('here', 'here', 'here', 'here', 'here', 'elsewhere'),
  presence: fc.constantFrom('present', 'present', 'present', 'present', 'missing', 'offline'),
  copied: fc.boolean(),
  sizeBytes: fc.integer({ min: 1, max: 50 }),
  leased: fc.nat({ max: 9 }),
  pinned: fc.nat({ max: 19 }),
  held: fc.nat({ max: 29 }),
} as const);

const settingsOf = fc.record(
  {
    deleteOlderThan: fc.constantFrom('12 hours', '10 days', '6 weeks', '3 months', '1 year'),
    keep: fc.record(
      {
        last: fc.integer({ min: 1, max: 9 }),
        daily: fc.integer({ min: 1, max: 9 }),
        weekly: fc.integer({ min: 1, max: 9 }),
        monthly: fc.integer({ min: 1, max: 9 }),
        yearly: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: [] },
    ),
    copyTo: fc.constant('nas'),
  },
  { requiredKeys: [] },
);

const fates: Readonly<Record<string, Partial<Backup>>> = {
  good: {},
  gap: { gaps: [sourceGap] },
  damaged: { integrity: 'damaged' },
  sealed: { proof: { kind: 'sealed' }, integrity: 'pending' },
};

/** Reasons that are no rule of age, count or cap, and so must be named. */
const named =
  /newest good full|made by|checkpoint|file is missing|offline|in use|no newer good|nothing goes|needs? it|not yet|pinned|deletes nothing|puts nothing/;

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function madeBy(step: number, one: Event, kept: readonly Backup[]): Backup {
  const { fate, kind, origin, installation, presence, copied, sizeBytes, pinned } = one;
  const base = kept.findLast((full) => full.kind === 'full' && full.presence !== 'missing');
  return oldBackup(`b${step}`, 0, {
    ...fates[fate],
    ...(kind === 'differential' && base !== undefined ? { kind, base: base.id } : {}),
    origin,
    installation,
    presence,
    sizeBytes,
    capturedAtMs: now + step * stepMs,
    ...(pinned === 0 ? { pinned: true } : {}),
    ...(copied ? { copies: [{ path: `/nas/b${step}`, store: 'nas', presence: 'present' }] } : {}),
  });
}

/** What the deed leaves: nothing of a backup, or one of its files less. */
function afterwards(kept: readonly Backup[], lines: readonly RetentionLine[]): readonly Backup[] {
  const order = goingOrder(lines, (id) => kept.find((backup) => backup.id === id));
  let left = kept;
  for (const { backup, store } of order) {
    if (backup.kind === 'full' && store === undefined) {
      // Dependents first: at no moment a differential stands without its full.
      expect(left.filter((one) => one.base === backup.id && one.presence !== 'missing')).toEqual(
        [],
      );
    }
    left = left.flatMap((one) => (one.id === backup.id ? without(one, store) : [one]));
  }
  return left;
}

function without(one: Backup, store: string | undefined): readonly Backup[] {
  const { copies = [], ...listed } = one;
  const others = copies.filter((copy) => copy.store !== store);
  if (store === undefined) return [];
  if (one.store !== store) return [others.length === 0 ? listed : { ...listed, copies: others }];
  const [next] = copies;
  return next?.store === undefined ? [] : [{ ...listed, store: next.store, path: next.path }];
}

const usable = (b: Backup) =>
  isGood(b) && b.kind === 'full' && b.presence === 'present' && b.installation === 'here';
const newestGoodOf = (list: readonly Backup[]) =>
  list.filter(usable).reduce((newest, b) => Math.max(newest, b.capturedAtMs), -Infinity);

function checkLook(question: RetentionQuestion, seed: number): readonly Backup[] {
  const { backups, leases, heldBecause } = question;
  const lines = previewRetention(question);
  const whole = lines.filter(({ store }) => store === undefined);
  expect(whole.map(({ backup }) => backup).sort()).toEqual(backups.map(({ id }) => id).sort());

  const byId = new Map(backups.map((backup) => [backup.id, backup]));
  const going = lines.filter(({ verdict }) => verdict === 'goes').map(({ backup }) => backup);
  const protectedOnes = going.filter((id) => {
    const backup = byId.get(id);
    const ours = backup?.installation === 'here' && backup.origin === 'schedule';
    return !ours || backup.presence !== 'present' || backup.pinned === true || leases.has(id);
  });
  expect({ protectedOnes, held: heldBecause !== undefined && going.length > 0 }).toEqual({
    protectedOnes: [],
    held: false,
  });
  checkReasons(question, whole);
  const left = afterwards(backups, lines);
  expect(newestGoodOf(left)).toBe(newestGoodOf(backups));
  const there = new Set(left.map(({ id }) => id));
  const orphans = left.filter(
    ({ base = '', presence }) => presence !== 'missing' && byId.has(base) && !there.has(base),
  );
  expect(orphans).toEqual([]);
  if (backups.length % 4 !== 0) return left;
  const turn = seed % (backups.length + 1);
  const turned = [...backups.slice(turn), ...backups.slice(0, turn)];
  expect(previewRetention({ ...question, backups: turned })).toEqual(lines);
  // The deed leaves nothing that the next preview would take, but for what a cap of the second destination frees.
  if (question.caps?.size !== 0 && question.rules[0]?.settings.copyTo !== undefined) return left;
  const after = previewRetention({ ...question, backups: left });
  expect(after.filter(({ verdict }) => verdict === 'goes')).toEqual([]);
  return left;
}

/** Reckoned here anew, without what the product reckons with. */
function checkReasons(question: RetentionQuestion, lines: readonly RetentionLine[]): void {
  const { keep, deleteOlderThan } = question.rules[0]?.settings ?? {};
  const at = new Map(question.backups.map((backup) => [backup.id, backup.capturedAtMs]));
  const daysOf = { '12 hours': 0.5, '10 days': 10, '6 weeks': 42, '3 months': 92, '1 year': 366 };
  const longest = daysOf[(deleteOlderThan ?? '12 hours') as keyof typeof daysOf] * dayMs;
  const slots = new Map<string, number>();
  const wrong: string[] = [];
  for (const { backup, verdict, reason, untilMs } of lines) {
    if (verdict === 'goes' || named.test(reason)) continue;
    if (untilMs !== undefined && untilMs < question.nowMs) wrong.push(`${reason}, and ${untilMs}`);
    const age = question.nowMs - (at.get(backup) ?? 0);
    const slot = /one of the last|\((\d+) (daily|weekly|monthly|yearly)\)/.exec(reason);
    if (slot === null && age > longest) wrong.push(reason);
    if (slot !== null) slots.set(slot[2] ?? 'last', (slots.get(slot[2] ?? 'last') ?? 0) + 1);
  }
  expect(wrong).toEqual([]);
  for (const [slot, count] of slots) {
    expect(count).toBeLessThanOrEqual(keep?.[slot as keyof typeof keep] ?? 0);
  }
}

function replay(seed: number): { looked: number; went: number } {
  const events = fc.sample(event, { seed, numRuns: looks });
  const [settings = {}] = fc.sample(settingsOf, { seed, numRuns: 1 });
  const [cap] = fc.sample(fc.option(fc.integer({ min: 60, max: 400 })), { seed, numRuns: 1 });
  const caps = new Map(cap == null ? [] : [['disk', cap] as const, ['nas', cap] as const]);
  let kept: readonly Backup[] = [];
  let went = 0;
  for (const [step, one] of events.entries()) {
    if (one.fate !== 'none') kept = [...kept, madeBy(step, one, kept)];
    // What was away comes back, and the list forgets what is missing.
    if (step % 8 === 0) {
      kept = kept
        .filter(({ presence }) => presence !== 'missing')
        .map((backup) => ({ ...backup, presence: 'present' }));
    }
    const before = kept.length;
    const question = {
      backups: kept,
      rules: [nightly(settings as Parameters<typeof nightly>[0])],
      nowMs: now + step * stepMs + hourMs,
      leases: new Set(one.leased === 0 ? kept.slice(0, 2).map(({ id }) => id) : []),
      installation: 'here',
      caps,
      heldBecause: one.held === 0 ? 'the clock was set' : undefined,
    };
    kept = checkLook(question, seed);
    went += before - kept.length;
  }
  return { looked: events.length, went };
}

it('two years of random histories: the newest good full and every base stay, nothing stays without a named reason, and the deed is the preview', () => {
  const seeds = Array.from({ length: histories }, (_, seed) => seed + 1);
  const total = { looked: 0, went: 0 };
  for (const seed of seeds) {
    const { looked, went } = inHistory(seed, () => replay(seed));
    total.looked += looked;
    total.went += went;
  }
  const { looked, went } = total;
  process.stderr.write(
    `retention: ${histories} histories, ${looked} looks, ${went} backups went\n`,
  );
  expect(went).toBeGreaterThan(histories * 10);
}, 60_000);

function inHistory<T>(seed: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(`history of seed ${seed}`, { cause: error });
  }
}
