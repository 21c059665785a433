import { expect, test } from 'vitest';
import type { Report } from '../../protocol/domain/report.ts';
import { reportLines } from '../../tui/commands/report/report-lines.ts';
import { labelledRows, wrapRows } from '../../tui/commands/report/wrap-rows.ts';
import { cannedBackup, cannedNowMs } from '../support/canned-snapshot.ts';

const dayMs = 86_400_000;
const name = 'clinic_2026-11-21T11-00-00+0000_full.tar.zst';

const report: Report = {
  application: 'Clinic',
  host: 'server1',
  fromMs: cannedNowMs - 7 * dayMs,
  untilMs: cannedNowMs,
  schedules: [
    {
      id: 'nightly',
      words: 'every day at 02:00 (UTC)',
      complete: 6,
      withGaps: 0,
      failed: 1,
      missed: 0,
      skipped: 2,
      nextMs: cannedNowMs + dayMs,
    },
    {
      id: 'a-name-of-nearly-forty-characters-here',
      words: 'paused',
      complete: 0,
      withGaps: 0,
      failed: 0,
      missed: 0,
    },
  ],
  byHand: { complete: 2, withGaps: 1, failed: 0 },
  newestGood: cannedBackup(),
  lastProven: cannedBackup({ proven: { atMs: cannedNowMs - 3 * dayMs, seconds: 41 } }),
  verified: 9,
  damaged: 0,
  unverified: 1,
  drills: { passed: 1, failed: 0 },
  bytesBefore: 2 * 1024 ** 3,
  beforeMs: cannedNowMs - 7 * dayMs,
  bytesNow: 3 * 1024 ** 3,
  made: { backups: 9, bytes: 1024 ** 3 },
  space: [
    {
      stores: ['usb', 'state'],
      path: '/mnt/usb',
      state: 'online',
      freeBytes: 23 * 1024 ** 3,
      totalBytes: 100 * 1024 ** 3,
      backupBytes: 0,
      trashBytes: 0,
      undoBytes: 0,
      growthBytesPerDay: 1024 ** 3,
      fullInDays: 23.4,
      offers: [],
    },
  ],
  alarms: [
    {
      id: 1,
      key: 'x',
      severity: 'error',
      text: 'destination "usb" is offline',
      state: 'acknowledged',
      sinceMs: cannedNowMs,
      lastMs: cannedNowMs,
      count: 1,
      deliveries: [],
    },
    {
      id: 2,
      key: 'y',
      severity: 'error',
      text: 'service "host" is ill',
      state: 'cured',
      sinceMs: cannedNowMs - 3_600_000,
      lastMs: cannedNowMs,
      curedMs: cannedNowMs,
      count: 1,
      deliveries: [],
    },
  ],
  problems: [
    {
      id: 'p',
      severity: 'error',
      sinceMs: 0,
      text: 'it went wrong '.repeat(8).trim(),
      hint: 'Do it.',
    },
  ],
  contact: 'IT desk, 555-0101',
};

test('a report is plain text of 80 columns', () => {
  expect(reportLines(report)).toEqual([
    'Clinic on server1, 2026-11-14 12:00 to 2026-11-21 12:00',
    '',
    'Runs',
    '  SCHEDULE                  COMPLETE  GAPS  FAILED  MISSED  NEXT',
    '  nightly                          6     0       1       0  2026-11-22 12:00',
    '  a-name-of-nearly-forty-~         0     0       0       0  paused',
    '  by hand                          2     1       0',
    '  2 left out of "nightly"',
    '',
    'Proofs',
    `  Newest good   full of 2026-11-21 11:00 (1 h ago),`,
    `                ${name}`,
    '  Verified      9 in these days; damaged 0, not read for a month 1',
    `  Last drill    passed 3 d ago in 41 s,`,
    `                ${name}`,
    '  Drills        1 passed, 0 failed',
    '',
    'Growth',
    '  Made          9 backups, 1.0 GiB',
    '  All           3.0 GiB, where it was 2.0 GiB on 2026-11-14 12:00',
    '',
    'Space',
    '  usb, Kedge itself',
    '                23.0 GiB free of 100 GiB, full: in 23 days, /mnt/usb',
    '',
    'Problems',
    '  ! it went wrong it went wrong it went wrong it went wrong it went wrong it',
    '  went wrong it went wrong it went wrong',
    '    Do it.',
    '',
    'Alarms',
    '  seen since 2026-11-21 12:00: destination "usb" is offline',
    '  over: 2026-11-21 11:00 to 2026-11-21 12:00: service "host" is ill',
    '',
    '  Contact       IT desk, 555-0101',
  ]);
});

test('where there is nothing it says so', () => {
  const { newestGood: _a, lastProven: _b, byHand: _c, beforeMs: _d, contact: _e, ...rest } = report;
  const lines = reportLines({ ...rest, schedules: [], space: [], alarms: [], problems: [] });
  expect(lines).toEqual(
    expect.arrayContaining([
      '  No schedule: backups are made by hand.',
      '  Newest good   NONE: no backup is here that could be counted on',
      '  Last drill    none has passed yet',
      '  All           3.0 GiB; what it was before is not known',
      '  none stand now',
      '  none',
    ]),
  );
  expect(lines).not.toContain('Space');
});

test('what is too long for a row is cut, nothing is lost', () => {
  const path = `/srv/${'a'.repeat(200)}`;
  for (const rows of [wrapRows(`in ${path}`, '    '), labelledRows('Path', path)]) {
    expect(rows.filter((row) => row.length > 80)).toEqual([]);
    expect(rows.join('').replaceAll(' ', '')).toContain(path);
  }
});
