import { expect, test } from 'vitest';
import {
  fitsBefore,
  type KeptBackup,
  type LastDrill,
  type ProofSettings,
  type Turn,
  turnsNow,
  turnsOf,
} from '../../agent/schedule/rota.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 0, 1);
const monthly: ProofSettings = { verifyEveryDays: 30, drillEveryDays: 7 };

function kept(id: string, verifiedAtMs: number, seconds = 60): KeptBackup {
  return {
    id,
    capturedAtMs: startMs - 400 * dayMs,
    verifiedAtMs,
    verifySeconds: seconds,
    drillSeconds: 2 * seconds,
  };
}

interface Life {
  readonly verifies: { readonly id: string; readonly atMs: number; readonly afterDays: number }[];
  readonly drills: { readonly id: string; readonly atMs: number }[];
}

interface LifeOptions {
  readonly settings?: ProofSettings;
  /** Nothing can run then. */
  readonly busy?: (atMs: number) => boolean;
  /** What is there then, by a list of all that ever was. */
  readonly keeps?: (all: readonly KeptBackup[], atMs: number) => readonly KeptBackup[];
  readonly days: number;
}

/** Looks every quarter of an hour, as the daemon does every minute; a turn takes the time it says. */
function live(first: readonly KeptBackup[], options: LifeOptions): Life {
  const { settings = monthly, busy = () => false, keeps = (all) => all, days } = options;
  const life: Life = { verifies: [], drills: [] };
  let all = first;
  let lastDrill: LastDrill | undefined;
  let freeMs = startMs;
  for (let atMs = startMs; atMs < startMs + days * dayMs; atMs += hourMs / 4) {
    if (busy(atMs) || atMs < freeMs) continue;
    all = keeps(all, atMs);
    const turns = turnsOf(all, lastDrill, settings);
    const [turn] = turnsNow(turns, all, settings, atMs);
    if (turn === undefined) continue;
    freeMs = atMs + turn.seconds * 1000;
    if (turn.kind === 'drill') {
      lastDrill = { atMs, failed: false };
      life.drills.push({ id: turn.backup, atMs });
      continue;
    }
    all = all.map((one) => {
      if (one.id !== turn.backup) return one;
      const afterDays = (atMs - one.verifiedAtMs) / dayMs;
      life.verifies.push({ id: one.id, atMs, afterDays });
      return { ...one, verifiedAtMs: atMs };
    });
  }
  return life;
}

function perDay(times: readonly { readonly atMs: number }[]): readonly number[] {
  const days = new Map<number, number>();
  for (const { atMs } of times) {
    const day = Math.floor(atMs / dayMs);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days.values()];
}

test('in a year of nights with fulls, differentials and busy days all that is kept is verified within 31 days', () => {
  // A full each night, kept for 90 days, with five differentials that are kept for 40.
  const take = (all: readonly KeptBackup[], atMs: number): readonly KeptBackup[] => {
    const night = Math.floor(atMs / dayMs) * dayMs;
    const made = Array.from({ length: 6 }, (_, n): KeptBackup => {
      const capturedAtMs = night + n * 4 * hourMs;
      const seconds = n === 0 ? 600 : 20;
      const id = `${capturedAtMs} ${n === 0 ? 'full' : 'diff'}`;
      return { ...kept(id, capturedAtMs + 60_000, seconds), capturedAtMs };
    }).filter(({ capturedAtMs, id }) => capturedAtMs <= atMs && !all.some((one) => one.id === id));
    return [...all, ...made].filter(({ id, capturedAtMs }) => {
      const ageDays = (atMs - capturedAtMs) / dayMs;
      return ageDays < (id.endsWith('full') ? 90 : 40);
    });
  };
  // Real work from 1 to 5 o'clock each night and all day long on Mondays.
  const busy = (atMs: number): boolean => {
    const at = new Date(atMs);
    return at.getUTCDay() === 1 || (at.getUTCHours() >= 1 && at.getUTCHours() < 5);
  };
  const { verifies, drills } = live([], { days: 365, keeps: take, busy });
  expect(verifies.length).toBeGreaterThan(1_000);
  expect(Math.max(...verifies.map(({ afterDays }) => afterDays))).toBeLessThan(31);
  // None twice as often as it must.
  expect(Math.min(...verifies.map(({ afterDays }) => afterDays))).toBeGreaterThan(20);
  const gaps = drills.slice(1).map(({ atMs }, n) => (atMs - (drills[n]?.atMs ?? 0)) / dayMs);
  expect(drills.length).toBeGreaterThanOrEqual(45);
  expect(Math.max(...gaps)).toBeLessThan(8.1);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(7);
  // Of the newest each time, with what was changed since its full.
  expect(drills.filter(({ id, atMs }) => atMs - Number(id.split(' ')[0]) > dayMs)).toEqual([]);
});

test('what was all verified on one day is spread over the month, and stays so', () => {
  const first = Array.from({ length: 60 }, (_, n) => kept(`b${n}`, startMs));
  const settings = { ...monthly, drillEveryDays: false } as const;
  const { verifies, drills } = live(first, { days: 180, settings });
  expect(drills).toEqual([]);
  expect(Math.max(...perDay(verifies))).toBeLessThanOrEqual(3);
  expect(Math.max(...verifies.map(({ afterDays }) => afterDays))).toBeLessThan(31);
  for (const { id } of first) {
    expect(verifies.filter((one) => one.id === id).length).toBeGreaterThanOrEqual(5);
    expect(verifies.filter((one) => one.id === id).length).toBeLessThanOrEqual(8);
  }
});

test('one backup alone is verified once in its month, not more', () => {
  const { verifies } = live([kept('only', startMs)], {
    days: 180,
    settings: { ...monthly, drillEveryDays: false },
  });
  expect(verifies.map(({ atMs }) => Math.round((atMs - startMs) / dayMs))).toEqual([
    29, 58, 87, 116, 145, 174,
  ]);
});

test('after six weeks off the days are at most twice as full as they were, until all is caught up with', () => {
  const first = Array.from({ length: 90 }, (_, n) => kept(`b${n}`, startMs - (n / 3) * dayMs));
  const offUntilMs = startMs + 42 * dayMs;
  const { verifies } = live(first, {
    days: 120,
    settings: { ...monthly, drillEveryDays: false },
    busy: (atMs) => atMs < offUntilMs,
  });
  expect(Math.max(...perDay(verifies))).toBeLessThanOrEqual(7);
  const firstTurns = first.map(({ id }) => verifies.find((one) => one.id === id)?.atMs ?? Infinity);
  expect(Math.max(...firstTurns)).toBeLessThan(offUntilMs + 20 * dayMs);
  const later = verifies.filter(({ atMs }) => atMs > offUntilMs + 45 * dayMs);
  expect(Math.max(...later.map(({ afterDays }) => afterDays))).toBeLessThan(31);
});

test('one that takes as long as all the others has its day, and is not put off for small ones', () => {
  const first = [
    kept('large', startMs - 29 * dayMs, 20_000),
    ...Array.from({ length: 200 }, (_, n) => kept(`b${n}`, startMs - (n / 7) * dayMs, 100)),
  ];
  const { verifies } = live(first, {
    days: 120,
    settings: { ...monthly, drillEveryDays: false },
  });
  const large = verifies.filter(({ id }) => id === 'large');
  expect(large.length).toBeGreaterThanOrEqual(4);
  expect(Math.max(...large.slice(1).map(({ afterDays }) => afterDays))).toBeLessThan(31);
});

test('the same proofs make the same rota, in whatever order they come', () => {
  const some = Array.from({ length: 30 }, (_, n) =>
    kept(`b${n}`, startMs - (n % 7) * dayMs, 1 + n),
  );
  const shuffled = some.toSorted((a, b) => (a.verifySeconds % 7) - (b.verifySeconds % 7));
  expect(turnsOf(shuffled, undefined, monthly)).toEqual(turnsOf(some, undefined, monthly));
});

test('a drill is due at once where there was none, a week after a good one, a day after a failed one', () => {
  const some = [kept('old', startMs - dayMs), { ...kept('new', startMs), capturedAtMs: startMs }];
  const drillOf = (last?: LastDrill): Partial<Turn> | undefined => {
    const turn = turnsOf(some, last, monthly).find(({ kind }) => kind === 'drill');
    return turn === undefined ? undefined : { backup: turn.backup, dueMs: turn.dueMs };
  };
  expect(drillOf()).toEqual({ backup: 'new', dueMs: startMs });
  expect(drillOf({ atMs: startMs, failed: false })?.dueMs).toBe(startMs + 7 * dayMs);
  expect(drillOf({ atMs: startMs, failed: true })?.dueMs).toBe(startMs + dayMs);
});

test('what no key here opens is verified but never drilled, and nothing is done where both are off', () => {
  const { drillSeconds: _none, ...locked } = kept('locked', startMs - 60 * dayMs);
  expect(turnsOf([locked], undefined, monthly).map(({ kind }) => kind)).toEqual(['verify']);
  const off = { verifyEveryDays: false, drillEveryDays: false } as const;
  expect(turnsOf([kept('a', 0)], undefined, off)).toEqual([]);
});

test('a turn begins where it is through before the next run, or where it has waited for a day', () => {
  const turn: Turn = { kind: 'verify', backup: 'a', dueMs: startMs, seconds: 600 };
  expect(fitsBefore(turn, startMs + 20 * 60_000, startMs)).toBe(true);
  expect(fitsBefore(turn, startMs + 12 * 60_000, startMs)).toBe(false);
  expect(fitsBefore(turn, startMs + 25 * hourMs + 60_000, startMs + 25 * hourMs)).toBe(true);
});
