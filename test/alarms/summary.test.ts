import { expect, test } from 'vitest';
import { type SummaryFacts, summaryIsDue, summaryOf } from '../../agent/alarms/summary.ts';
import { cannedBackup, cannedJob } from '../support/canned-snapshot.ts';

const day = 24 * 3_600_000;
/** A Monday, 08:00 in Berlin. */
const monday = Date.UTC(2026, 10, 23, 7);

test.each([
  ['weekly', monday - 7 * day, monday - 1, false],
  ['weekly', monday - 7 * day, monday, true],
  // Asked for on a Sunday: the next day tells, and not twice.
  ['weekly', monday - day, monday, true],
  ['weekly', monday, monday + 6 * day, false],
  ['daily', monday, monday + day, true],
  // Off for a month: one, not thirty.
  ['daily', monday - 30 * day, monday, true],
] as const)('a %s summary after %i is due at %i: %s', (every, lastMs, nowMs, due) => {
  expect(summaryIsDue(every, 'Europe/Berlin', lastMs, nowMs)).toBe(due);
});

const ran = (number: number, kind: 'done' | 'failed') =>
  cannedJob({
    id: number,
    schedule: 'nightly',
    createdAtMs: monday - number * day,
    state:
      kind === 'failed'
        ? { kind, failure: { code: 'internal', params: {} } }
        : { kind, result: { kind: 'backup', backup: cannedBackup() } },
  });

const week: SummaryFacts = {
  nowMs: monday,
  sinceMs: monday - 7 * day,
  jobs: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ran(number, 'done')),
  backups: [cannedBackup({ proven: { atMs: monday - 2 * day, seconds: 41 } })],
  alarms: [],
};

test('a good week says so, with its runs and the last proof', () => {
  expect(summaryOf(week)).toMatchObject({
    title: 'all is well: 7 runs',
    lines: [
      'From 2026-11-16 07:00 UTC to 2026-11-23 07:00 UTC: 7 runs.',
      expect.stringContaining('The newest good backup: '),
      'The last drill passed: 2026-11-21 07:00 UTC.',
    ],
  });
});

test('a week without a run, with a failed one or with an alarm is not well', () => {
  const alarm = {
    id: 1,
    key: 'k',
    severity: 'error',
    text: 'destination "local" is offline',
    state: 'acknowledged',
    sinceMs: monday,
    lastMs: monday,
    count: 1,
    deliveries: [],
  } as const;
  const title = (changes: Partial<SummaryFacts>) => {
    const body = summaryOf({ ...week, ...changes });
    return 'title' in body ? body.title : '';
  };
  expect([
    title({ jobs: [] }),
    title({ jobs: [ran(1, 'done'), ran(2, 'failed')] }),
    title({ alarms: [alarm] }),
  ]).toEqual([
    'not all is well: 0 runs',
    'not all is well: 2 runs, 1 of them failed',
    'not all is well: 7 runs, 1 problem',
  ]);
});
