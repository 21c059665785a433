import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CalendarEntry } from '../../protocol/domain/calendar.ts';
import { backupBrowse, backupExtract } from '../../protocol/methods/backup.ts';
import { calendarRead } from '../../protocol/methods/calendar.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { spaceHistory } from '../../protocol/methods/space.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const dayMs = 24 * 3_600_000;
const gib = 2 ** 30;
const back = '\u001B';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('the Overview shows what was stored, and the weeks around today', async () => {
  fake.answer(spaceHistory, () => ({
    stored: Array.from({ length: 90 }, (_, n) => ({
      atMs: cannedNowMs - (89 - n) * dayMs,
      bytes: (n + 1) * gib,
    })),
    places: [],
  }));
  const run = (days: number, outcome: CalendarEntry['outcome']): CalendarEntry => ({
    atMs: cannedNowMs + days * dayMs,
    what: 'run',
    outcome,
  });
  fake.answer(calendarRead, () => ({
    entries: [run(-3, 'failed'), run(-3, 'complete'), run(-1, 'complete'), run(2, 'will run')],
  }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  screen.press('1');
  await screen.shows('Stored in the last 90 days');
  expect(screen.text()).toMatch(/90\.0 GiB│.*⣿/);
  // Today is the fifteenth of the 29 days.
  expect(screen.text()).toMatch(/Runs {12} {22}✗ {3}✓ {5}·/);
  screen.resize(80, 24);
  await screen.shows('in 2 weeks');
});

test('a destination says when it will be full, above what it held', async () => {
  fake.answer(spaceHistory, () => ({
    stored: [],
    places: [
      {
        stores: ['local'],
        path: '/var/backups',
        freeBytes: 20 * gib,
        totalBytes: 100 * gib,
        growthBytesPerDay: 2 * gib,
        fullInDays: 10.2,
        samples: Array.from({ length: 30 }, (_, n) => ({
          atMs: cannedNowMs - (29 - n) * dayMs,
          freeBytes: (80 - 2 * n) * gib,
        })),
      },
    ],
  }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('7');
  await screen.shows('2.0 GiB less are free each day: full in 10 days');
  expect(screen.text()).toMatch(/100 GiB│.*⣀/);
  await screen.shows('29 days ago');
});

test('jobs that wait say whose turn comes when; the selected one shows its speed and its log', async () => {
  const running = {
    kind: 'running',
    progress: { step: 'reading', bytesDone: 50, bytesTotal: 100, rate: 5, cancellable: true },
  } as const;
  const queued = { kind: 'queued' } as const;
  fake.snapshot = {
    ...fake.snapshot,
    jobs: [
      cannedJob({ id: 9, title: 'asked last', state: queued, queuePlace: 2 }),
      cannedJob({ id: 8, title: 'asked first', state: queued, queuePlace: 1 }),
      cannedJob({ id: 7, title: 'at work', state: running }),
    ],
  };
  fake.answer(jobShow, ({ job }) => ({
    job: cannedJob({ id: job, state: running }),
    throughput: { fromMs: 0, everyMs: 1_000, bytesPerSecond: [1_048_576, 2_097_152, 524_288] },
  }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('6');
  await screen.shows('waits, number 2 in turn');
  await screen.shows('waits, next in turn');
  screen.press('G');
  await screen.shows('Log of job 7, at work');
  await screen.shows('2.0 MiB/s│');
  fake.notify({
    topic: 'log',
    line: { atMs: cannedNowMs, level: 'warning', text: 'said while it ran', job: 7 },
  });
  await screen.shows('warning: said while it ran');
});

test('into a backup, folder by folder, and out of it with what was marked', async () => {
  const entry = (name: string, kind: 'file' | 'directory' = 'file') => ({
    name,
    kind,
    sizeBytes: 1_024,
    modifiedMs: cannedNowMs,
  });
  const folders: Readonly<Record<string, ReturnType<typeof entry>[]>> = {
    '': [entry('uploads', 'directory')],
    uploads: [entry('a.txt'), entry('b.txt'), entry('old', 'directory')],
  };
  fake.answer(backupBrowse, ({ path }) => {
    const entries = folders[path] ?? [];
    return { entries, total: entries.length };
  });
  fake.answer(backupExtract, () => ({ job: 5 }));
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press('o');
  await screen.shows('What is in clinic 2026-11-21 11:00:00');
  await screen.shows('uploads/');
  screen.press('\r');
  await screen.shows('b.txt');
  screen.press(' ', ' ', 'e');
  await screen.shows('Bring files out of a backup');
  screen.press('/tmp/out\r');
  await until(() => fake.calls.some(({ method }) => method === 'backup.extract'));
  expect(fake.calls.find(({ method }) => method === 'backup.extract')?.params).toMatchObject({
    paths: ['uploads/a.txt', 'uploads/b.txt'],
    folder: '/tmp/out',
  });
  screen.press(back);
  await until(() => !screen.text().includes('2 marked'));
  screen.press(back);
  await until(() => !screen.text().includes('b.txt'));
  screen.press(back);
  await screen.shows('SHA-256');
});
