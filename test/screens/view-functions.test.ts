import { describe, expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import type { ResetStep } from '../../protocol/domain/service.ts';
import { backupLines } from '../../tui/commands/report/backup-lines.ts';
import { planLines } from '../../tui/commands/report/plan-lines.ts';
import { presetSettings } from '../../tui/host/settings/settings.ts';
import { backupName, checkWord } from '../../tui/screens/back-up/backup-words.ts';
import type { Model } from '../../tui/screens/bench.ts';
import { drillReport } from '../../tui/screens/jobs/drill-report.ts';
import { jobList } from '../../tui/screens/jobs/job-row.ts';
import { jobOutcomeWords, jobStateWord, progressWords } from '../../tui/screens/jobs/job-words.ts';
import { planPage } from '../../tui/screens/restore/plan-page.ts';
import { resetSteps } from '../../tui/screens/services/reset-steps.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { awayWords } from '../../tui/texts/away-words.ts';
import { texts } from '../../tui/texts/texts.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { cannedPlan } from '../support/answer-everything.ts';
import {
  cannedBackup,
  cannedJob,
  cannedNowMs,
  cannedSnapshot,
} from '../support/canned-snapshot.ts';

const model: Model = {
  state: emptyState,
  ui: initialUiState,
  nowMs: cannedNowMs,
  columns: 80,
  rows: 24,
  editorColumns: 80,
  glyphs: unicodeGlyphs,
  settings: presetSettings,
};

describe('the page of a restore plan', () => {
  const page = (changes = {}) =>
    planPage(cannedPlan(changes), model, 78).map((one) => plainText(one).trim());

  test('says what is lost, who is cut off and how long', () => {
    expect(page()).toEqual(
      expect.arrayContaining([
        'Lost            the work of the last 1 h: 214 new, 31 changed rows; 12 new,',
        'Comes back      4 rows that were deleted since',
        'Downtime        about 13 s, as for the last restore',
        'Version         backup 4.1, running now 4.2',
        'rooms: 12 rows, as now',
        'files: 12 new ones go, 1 changed one goes back (4.0 KiB)',
        '- report.py (pid 99) has database open',
        '- stops and starts again: host, agent',
        '- the undo keeps about 150 MiB until it expires',
        'Contact         IT desk, 555-0101',
      ]),
    );
    expect(page().join(' ')).toContain(
      'patients: 6,210 rows now, 6,000 then: 214 new ones go, 31 changed ones go back, 4 deleted ones come back',
    );
  });

  test('says of a moment how far before it the backup is, and what was passed over', () => {
    const asked = {
      atMs: cannedNowMs,
      gapSeconds: 3_900,
      passedOver: [
        { backup: 'b', name: 'b.tar.zst', capturedAtMs: cannedNowMs, why: 'it is damaged: x' },
      ],
    };
    const text = page({ asked }).join(' ');
    expect(text).toMatch(/Asked for +.* this backup was taken 1 h 5 min before/);
    expect(text).toMatch(/! newer, but not used: b.tar.zst \(.*\), as it is damaged: x/);
  });

  test('says what could not be compared', () => {
    const change = {
      source: 'db',
      engine: 'sqlite',
      live: '/db',
      bytes: 1,
      tables: [{ table: 't', backupRows: 3, liveRows: 0, problem: 'no such module: odd' }],
      problem: 'another process keeps it locked',
    };
    const text = page({ changes: [change] }).join(' ');
    expect(text).toContain('not compared: another process keeps it locked');
    expect(text).toContain('t: 0 rows now, 3 then; not compared: no such module: odd');
    expect(text).toMatch(/Lost +what came in the last .* could not be compared, see below/);
  });

  test('counts what goes with a table that comes back among what is lost', () => {
    const change = { source: 'db', engine: 'postgres', live: '/db', bytes: 1, tables: [] };
    const none = { reusedKeys: 0, orphans: 0, examples: [] };
    const table = { table: 'visit', inserted: 4, overwritten: 2, deleted: 1, ...none };
    const merges = [{ source: 'db', tables: [table] }];
    const text = page({ changes: [change], merges })
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain('1 new, 2 changed rows');
    expect(text).toContain(
      'visit: 4 come back, 2 changed ones are overwritten, 1 that came since goes away',
    );
  });

  test('on the command line the same is said', () => {
    const asked = { atMs: cannedNowMs, gapSeconds: 60, passedOver: [] };
    const plan = cannedPlan({ asked, clientsUnseen: 3, warnings: ['a warning'] });
    const bare = (lines: readonly string[]) => lines.join(' ').replaceAll(/\s+/g, ' ').trim();
    const onPage = bare(planPage(plan, model, 78).map(plainText));
    expect(bare(planLines(plan, cannedNowMs))).toBe(onPage);
  });

  test('says first what stands against it', () => {
    expect(page({ obstacles: ['not enough space in "/srv"'] }).slice(0, 2)).toEqual([
      'This plan cannot run:',
      '! not enough space in "/srv"',
    ]);
  });
});

describe('a backup in words', () => {
  test.each([
    ['/b/clinic_2026-11-21T02-00-00+0330_full.tar.zst', 'clinic 2026-11-21 02:00:00'],
    ['/b/before the update.tar.zst', 'before the update'],
  ])('%s is called %s', (path, name) => {
    expect(backupName(cannedBackup({ path }))).toBe(name);
  });

  test.each([
    [{}, 'verified'],
    [{ proof: { kind: 'sealed' as const } }, 'not verified'],
    [{ proof: { kind: 'damaged' as const, atMs: 0, problem: 'x' } }, 'DAMAGED'],
    [{ integrity: 'damaged' as const }, 'DAMAGED'],
    [{ presence: 'missing' as const }, 'missing'],
    [{ presence: 'offline' as const }, 'offline'],
    [{ presence: 'offline' as const, away: { label: 'WD-2TB' } }, 'not here'],
    [{ proven: { atMs: -3 * 86_400_000, seconds: 41 } }, 'proven 3 d'],
    [{ drillFailed: { atMs: 0, problem: 'x' } }, 'drill failed'],
    [{ gaps: [{ kind: 'file' as const, source: 's', path: 'p', reason: 'r' }] }, '1 gap'],
  ])('%o is %s', (changes, word) => {
    expect(checkWord(cannedBackup(changes), 0)).toBe(word);
  });
});

describe('a place in words', () => {
  test('a drive that is not plugged in is called by its label, else by its destination', () => {
    const lastSeenMs = new Date(2026, 10, 3, 12).getTime();
    expect([
      awayWords({ store: 'usb', away: { label: 'WD-2TB', lastSeenMs } }),
      awayWords({ store: 'usb', away: {} }),
      awayWords({ store: 'usb' }),
    ]).toEqual([
      'on WD-2TB, not plugged in, last seen 2026-11-03',
      'on usb, not plugged in',
      undefined,
    ]);
  });

  test('a differential names its full', () => {
    const backup = cannedBackup({ kind: 'differential', baseName: 'clinic_full.tar.zst' });
    expect(backupLines(backup, 0)).toContain('Kind         differential of clinic_full.tar.zst');
  });

  test('a backup says where else it lies', () => {
    const away = { label: 'WD-2TB' };
    const copies = [
      { path: '/mnt/usb/a.tar.zst', store: 'usb', presence: 'offline' as const, away },
      { path: '/srv/a.tar.zst', presence: 'present' as const },
    ];
    expect(
      backupLines(cannedBackup({ copies }), 0).filter((line) => line.includes('Also')),
    ).toEqual([
      'Also at  /mnt/usb/a.tar.zst (usb): on WD-2TB, not plugged in',
      'Also at  /srv/a.tar.zst: present',
    ]);
  });
});

describe('a job in words', () => {
  test('at work: step, bytes, rate and time left', () => {
    expect(progressWords(cannedJob())).toBe(
      'reading database, 40.0 MiB of 100 MiB, 20.0 MiB/s, 0:03 left',
    );
  });

  test('failed: what failed', () => {
    const failure = { code: 'timed-out', params: { what: 'the stop', seconds: 5 } } as const;
    const job: Job = cannedJob({ state: { kind: 'failed', failure } });
    expect(jobStateWord(job)).toBe('failed');
    expect(jobOutcomeWords(job)).toBe('the stop did not finish within 5 s');
  });

  test('one name differs, several differ', () => {
    expect([0, 1, 2].map(texts.jobs.differ)).toEqual([
      'they hold the same',
      '1 name differs',
      '2 names differ',
    ]);
  });
});

test('a wide window shows the whole title of a job, a narrow one leaves room for what came of it', () => {
  const title = 'copy clinic_2026-11-21T11-00-00+0000_full.tar.zst to usb';
  const rowAt = (columns: number): string => {
    const snapshot = cannedSnapshot({ jobs: [cannedJob({ title })] });
    const state = { ...emptyState, snapshot };
    const list = jobList({ ...model, state, columns, editorColumns: columns }, 'jobs.list');
    return plainText(list.row(0, columns - 2));
  };
  expect(rowAt(180)).toContain(title);
  expect(rowAt(80)).toContain(`${title.slice(0, 30)}…  [`);
});

test('the page of a drill says what stands against the backup, what was read back, and how the application did', () => {
  const drill = {
    backup: 'b',
    path: '/b.tar.zst',
    outcome: 'failed' as const,
    seconds: 9,
    unpackSeconds: 1,
    sources: [
      {
        source: 'database',
        engine: 'sqlite',
        members: 1,
        files: 1,
        bytes: 1024,
        hashed: 1,
        integrity: 'ok' as const,
        rows: 7,
        tables: [{ table: 'patients', rows: 7 }],
        notes: [],
      },
    ],
    probe: { ready: false, seconds: 5, text: 'GET /health 500' },
    problems: ['the application did not start'],
  };
  const job = cannedJob({
    kind: 'drill',
    state: { kind: 'done', result: { kind: 'drill', drill } },
  });
  expect(drillReport(job, model).map((one) => plainText(one).trim())).toEqual([
    '! the application did not start',
    'database        1 file, 1.0 KiB, all read back, integrity ok, 7 rows in 1',
    'table',
    'Application     did not start: GET /health 500',
    '',
  ]);
});

test('the steps of a reset tick off as the job tells its step', () => {
  const step = (service: string, action: 'stop' | 'start'): ResetStep => ({
    service,
    action,
    state: 'waiting',
    detail: '',
  });
  const planned = [step('host', 'stop'), step('db', 'stop'), step('db', 'start')];
  const told = [
    { ...step('host', 'stop'), state: 'done' as const },
    { ...step('db', 'stop'), state: 'running' as const },
  ];
  const job = cannedJob({ kind: 'reset', resetSteps: told });
  expect(resetSteps(planned, job).map(({ state }) => state)).toEqual([
    'done',
    'running',
    'waiting',
  ]);
});
