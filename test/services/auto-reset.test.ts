import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AutoAttempt,
  type AutoResetFacts,
  decideAutoReset,
} from '../../agent/services/auto-reset.ts';
import { HealthState } from '../../protocol/domain/service.ts';

const minute = 60_000;
const now = 1_000 * minute;

const sick: AutoResetFacts = {
  nowMs: now,
  service: { health: 'ill', sinceMs: now - 2 * minute },
  afterMs: minute,
  attempts: [],
  changes: [],
  busy: false,
};
const tried = (minutesAgo: number, tookMinutes = 0): AutoAttempt => ({
  beganMs: now - minutesAgo * minute,
  endedMs: now - (minutesAgo - tookMinutes) * minute,
});

test.each<readonly [string, Partial<AutoResetFacts>, object]>([
  ['ill for long enough', {}, { kind: 'reset' }],
  ['failed', { service: { health: 'failed', sinceMs: now - 2 * minute } }, { kind: 'reset' }],
  ['ill for less', { afterMs: 3 * minute }, { kind: 'wait' }],
  [
    'first bad answer long ago',
    { service: { health: 'ill', sinceMs: now, badSinceMs: now - 2 * minute } },
    { kind: 'reset' },
  ],
  ['stopped by a person', { service: { health: 'stopped', sinceMs: 0 } }, { kind: 'rest' }],
  ['healthy', { service: { health: 'healthy', sinceMs: 0 } }, { kind: 'rest' }],
  ['not known', { service: { health: 'unknown', sinceMs: 0 } }, { kind: 'rest' }],
  ['a backup at work', { busy: true }, { kind: 'wait' }],
  [
    'flapping',
    { service: { health: 'flapping', sinceMs: 0 } },
    { kind: 'paused', untilMs: now + 15 * minute },
  ],
  [
    'failed soon after it flapped',
    {
      service: { health: 'failed', sinceMs: now - 2 * minute },
      changes: [
        { atMs: now - 9 * minute, state: 'flapping', why: '' },
        { atMs: now - 2 * minute, state: 'failed', why: '' },
      ],
    },
    { kind: 'paused', untilMs: now + 13 * minute },
  ],
  [
    'an attempt 14 minutes ago',
    { attempts: [tried(14)] },
    { kind: 'paused', untilMs: now + minute },
  ],
  ['an attempt 16 minutes ago', { attempts: [tried(16)] }, { kind: 'reset' }],
  [
    'the second that took long',
    { attempts: [tried(60), tried(20, 17)] },
    { kind: 'paused', untilMs: now + 2 * minute },
  ],
  [
    'a third of today',
    { attempts: [tried(600), tried(400), tried(200)] },
    { kind: 'paused', untilMs: now + (24 * 60 - 600) * minute },
  ],
  [
    'three of yesterday',
    { attempts: [1441, 1500, 1600].map((at) => tried(at)) },
    { kind: 'reset' },
  ],
])('%s', (_, facts, expected) => {
  expect(decideAutoReset({ ...sick, ...facts })).toMatchObject(expected);
});

test('whatever happens, resets are 15 minutes apart and no more than 3 in any 24 hours', () => {
  const look = fc.record({
    laterMs: fc.integer({ min: 1, max: 40 * minute }),
    health: fc.constantFrom(...HealthState.options),
    tookMs: fc.integer({ min: 0, max: 10 * minute }),
  });
  const history = fc.array(look, { minLength: 20, maxLength: 120 });
  fc.assert(
    fc.property(history, (looks) => {
      const attempts: AutoAttempt[] = [];
      let nowMs = now;
      for (const { laterMs, health, tookMs } of looks) {
        nowMs += laterMs;
        const service = { health, sinceMs: 0 };
        if (decideAutoReset({ ...sick, nowMs, service, attempts }).kind !== 'reset') continue;
        attempts.push({ beganMs: nowMs, endedMs: nowMs + tookMs });
        nowMs += tookMs;
      }
      const began = attempts.map(({ beganMs }) => beganMs);
      const gaps = began.slice(1).map((atMs, at) => atMs - (began[at] ?? 0));
      expect(Math.min(...gaps, 15 * minute)).toBe(15 * minute);
      const overThree = began.slice(3).map((atMs, at) => atMs - (began[at] ?? 0));
      expect(Math.min(...overThree, 24 * 60 * minute)).toBe(24 * 60 * minute);
    }),
  );
});
