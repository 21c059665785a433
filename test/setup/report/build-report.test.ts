import { expect, test } from 'vitest';
import { buildReport, type ReportFacts } from '../../../agent/setup/report/build-report.ts';
import type { JobState } from '../../../protocol/domain/job.ts';
import {
  cannedBackup,
  cannedJob,
  cannedNowMs,
  cannedSnapshot,
} from '../../support/canned-snapshot.ts';

const dayMs = 86_400_000;
const [nightly] = cannedSnapshot().schedules;

function report(facts: Partial<ReportFacts> = {}) {
  return buildReport({
    application: { name: 'Clinic', contact: 'IT desk, 555-0101' },
    host: 'server1',
    fromMs: cannedNowMs - 7 * dayMs,
    untilMs: cannedNowMs,
    schedules: nightly === undefined ? [] : [nightly],
    runs: [],
    jobs: [],
    backups: [],
    unverified: 0,
    bytesBefore: undefined,
    bytesNow: 100,
    space: [],
    alarms: [],
    problems: [],
    ...facts,
  });
}

test('runs are counted by schedule and outcome; what has none yet is not', () => {
  const outcomes = [
    ...(['complete', 'complete', 'complete with named gaps', 'failed', 'missed'] as const),
    ...(['cancelled', 'skipped', 'running', 'waiting'] as const),
  ];
  const runs = outcomes.map((outcome) => ({ schedule: 'nightly', outcome }));
  const others = runs.map((run) => ({ ...run, schedule: 'removed since' }));
  expect(report({ runs: [...runs, ...others] }).schedules).toEqual([
    {
      id: 'nightly',
      words: 'every day at 02:00 (UTC)',
      complete: 2,
      withGaps: 1,
      failed: 1,
      missed: 1,
      cancelled: 1,
      skipped: 1,
      nextMs: nightly?.nextMs,
    },
  ]);
});

test('backups by hand and drills are counted by what came of them', () => {
  const backup = (changes: object): JobState => ({
    kind: 'done',
    result: { kind: 'backup', backup: cannedBackup(changes) },
  });
  const failed: JobState = { kind: 'failed', failure: { code: 'cancelled', params: {} } };
  const jobs = [
    backup({}),
    backup({ outcome: 'complete with named gaps' }),
    failed,
    { kind: 'cancelled' } as const,
  ].map((state) => cannedJob({ state }));
  const drills = [failed, failed].map((state) => cannedJob({ kind: 'drill', state }));
  const safety = cannedJob({ origin: 'kedge', state: failed });
  expect(report({ jobs: [...jobs, ...drills, safety] })).toMatchObject({
    byHand: { complete: 1, withGaps: 1, failed: 1 },
    drills: { passed: 0, failed: 2 },
  });
});

test('what is proven, damaged and made is counted of what is there', () => {
  const at = (days: number) => cannedNowMs - days * dayMs;
  const verified = (days: number) => ({ kind: 'verified', atMs: at(days) }) as const;
  const backups = [
    cannedBackup({ id: 'old', capturedAtMs: at(20), proof: verified(3), sizeBytes: 1 }),
    cannedBackup({ id: 'proven', capturedAtMs: at(9), proven: { atMs: at(2), seconds: 41 } }),
    cannedBackup({ id: 'good', capturedAtMs: at(1), proof: verified(1), sizeBytes: 10 }),
    cannedBackup({ id: 'sealed', capturedAtMs: at(0), proof: { kind: 'sealed' }, sizeBytes: 20 }),
    cannedBackup({ id: 'damaged', capturedAtMs: at(8), integrity: 'damaged', proof: verified(8) }),
    cannedBackup({ id: 'gone', capturedAtMs: at(0), presence: 'missing', proof: verified(0) }),
  ];
  const found = report({ backups, bytesBefore: { atMs: at(7), bytes: 60 } });
  expect(found).toMatchObject({
    newestGood: { id: 'good' },
    lastProven: { id: 'proven' },
    verified: 4,
    damaged: 1,
    bytesBefore: 60,
    beforeMs: at(7),
    bytesNow: 100,
    made: { backups: 2, bytes: 30 },
    contact: 'IT desk, 555-0101',
  });
});

test('alarms are those that stand, and those that were cured in these days', () => {
  const alarm = (id: number, changes: object = {}) => ({
    id,
    key: `problem-${id}`,
    severity: 'error' as const,
    text: 'x',
    state: 'open' as const,
    sinceMs: 0,
    lastMs: 0,
    count: 1,
    deliveries: [],
    ...changes,
  });
  const alarms = [
    alarm(1),
    alarm(2, { state: 'acknowledged' }),
    alarm(3, { state: 'cured', curedMs: cannedNowMs - dayMs }),
    alarm(4, { state: 'cured', curedMs: cannedNowMs - 8 * dayMs }),
  ];
  expect(report({ alarms }).alarms.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('without a figure of the beginning there is no growth, and that can be seen', () => {
  const found = report();
  expect(found).toMatchObject({ bytesBefore: 100, bytesNow: 100 });
  expect(found).not.toHaveProperty('beforeMs');
});
