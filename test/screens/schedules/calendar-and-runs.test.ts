import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { jobShow } from '../../../protocol/methods/job.ts';
import { scheduleRun, scheduleShow } from '../../../protocol/methods/schedule.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

let fake: FakeKedge;

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});

afterEach(async () => await fake[Symbol.asyncDispose]());

const small = { columns: 80, rows: 24 };

const hourMs = 3_600_000;

const enter = '\r';

const tab = '\t';

const esc = '\u001B';

function nightly(changes: Partial<Schedule['settings']> = {}): Schedule {
  const [schedule] = fake.snapshot.schedules;
  if (schedule === undefined) throw new Error('no schedule is canned');
  return { ...schedule, settings: { ...schedule.settings, ...changes } };
}

function lastCall(method: string): Record<string, unknown> | undefined {
  const params = fake.calls.filter((call) => call.method === method).at(-1)?.params;
  return params as Record<string, unknown> | undefined;
}

describe('the calendar', () => {
  const entries: readonly CalendarEntry[] = [
    {
      atMs: Date.UTC(2026, 10, 20, 2),
      what: 'run',
      schedule: 'nightly',
      kind: 'full',
      outcome: 'complete',
      job: 5,
    },
    {
      atMs: Date.UTC(2026, 10, 20, 6),
      what: 'run',
      schedule: 'nightly',
      kind: 'differential',
      outcome: 'failed',
      job: 6,
      note: 'no space',
    },
    {
      atMs: Date.UTC(2026, 10, 22, 2),
      what: 'run',
      schedule: 'nightly',
      kind: 'full',
      outcome: 'will run',
    },
  ];

  test.each([
    [120, 40],
    [80, 24],
    [60, 15],
  ])(
    'at %ix%i shows a month, its days by keys, and what came of them in words',
    async (columns, rows) => {
      fake.answer(calendarRead, ({ fromMs, untilMs }) => ({
        entries: entries.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
      }));
      await using screen = await openTestWorkbench(fake, { columns, rows });
      await screen.shows('All is well');
      screen.press('4', 'M');
      await screen.shows('November 2026');
      await screen.shows('✗1');
      await screen.shows('>21');
      await screen.shows('Saturday 21 November: 0 entries');
      screen.press('\u001B[D');
      await screen.shows('>20');
      await screen.shows(/06:00 +nightly .*✗ failed/);
      screen.press('\u001B[6~');
      await screen.shows('December 2026');
      screen.press('t');
      await screen.shows('November 2026');
      await screen.settled();
      expect(screen.text()).toContain('>21');
    },
  );

  test('is read again by itself when a run ends', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await screen.shows('All is well');
    screen.press('4', 'M');
    await screen.shows('Saturday 21 November: 0 entries');
    fake.answer(calendarRead, () => ({ entries: entries.slice(0, 2) }));
    fake.notify({ topic: 'schedules', schedules: [nightly()] });
    await screen.shows('✗1');
  });

  test('Enter goes to the entries of the day and from there to the job', async () => {
    fake.answer(calendarRead, () => ({ entries: [...entries] }));
    fake.answer(jobShow, ({ job }) => ({
      job: cannedJob({ id: job, title: 'Back up clinic long ago' }),
    }));
    await using screen = await openTestWorkbench(fake, small);
    await screen.shows('All is well');
    screen.press(':', ...'show calendar', enter);
    await screen.shows('✗1');
    screen.press('\u001B[D', enter);
    await screen.shows('> 02:00');
    screen.press('j', enter);
    // It is older than the jobs of the snapshot.
    await screen.shows('Back up clinic long ago');
    expect(lastCall('job.log')).toMatchObject({ job: 6 });
  });
});

test('Enter on a schedule shows its runs, newest first, and the page runs it', async () => {
  const withDifferential = nightly({ differential: { when: { every: 'hours', hours: 4 } } });
  fake.snapshot = { ...fake.snapshot, schedules: [withDifferential] };
  fake.answer(scheduleRun, () => ({ job: 31 }));
  fake.answer(scheduleShow, () => ({
    schedule: withDifferential,
    runs: [
      { atMs: cannedNowMs - 9 * hourMs, outcome: 'complete with named gaps' as const, job: 6 },
      {
        atMs: cannedNowMs - 10 * hourMs,
        kind: 'full' as const,
        outcome: 'failed' as const,
        tries: 3,
        retryMs: cannedNowMs + hourMs,
        note: 'no space',
      },
    ],
    notes: [],
  }));
  await using screen = await openTestWorkbench(fake, small);
  await screen.shows('All is well');
  screen.press('4');
  await screen.shows('nightly');
  screen.press(enter);
  await screen.shows(
    /> 2026-11-21 03:00 .*! with gaps\n.*02:00 +full .*✗ failed +3 tries, again at 13:00, no sp/,
  );
  screen.press('n');
  await screen.shows('[ Differential ]');
  screen.press(tab, enter);
  await until(() => lastCall('schedule.run') !== undefined);
  screen.press(esc);
  await screen.settled();
});

test('in ASCII and without colours the form, the calendar and the runs say the same', async () => {
  fake.answer(calendarRead, () => ({
    entries: (['complete', 'failed', 'missed', 'will run'] as const).map((outcome) => ({
      atMs: cannedNowMs,
      what: 'run' as const,
      schedule: 'nightly',
      outcome,
    })),
  }));
  await using screen = await openTestWorkbench(fake, { ...small, ascii: true, depth: 'none' });
  await screen.shows('All is well');
  screen.press('4', 'M');
  await screen.shows('x1-1+1.1');
  await screen.settled();
  expect(screen.text()).toMatch(/^[\u0020-\u007E\n]*$/);
  screen.press(esc);
  await screen.shows('WHEN');
  screen.press('e');
  await screen.shows('What this means');
  await screen.settled();
  expect(screen.text()).toMatch(/^[\u0020-\u007E\n]*$/);
});
