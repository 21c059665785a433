import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { retentionPreview } from '../../../protocol/methods/retention.ts';
import { scheduleList, schedulePreview, scheduleSet } from '../../../protocol/methods/schedule.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedNowMs } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../../support/test-workbench.ts';
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

const backTab = '\u001B[Z';

const esc = '\u001B';

const right = '\u001B[C';

const clear = '\u0015';

function nightly(changes: Partial<Schedule['settings']> = {}): Schedule {
  const [schedule] = fake.snapshot.schedules;
  if (schedule === undefined) throw new Error('no schedule is canned');
  return { ...schedule, settings: { ...schedule.settings, ...changes } };
}

/** Somebody else saves: the file, the list and their revision are new ones. */
function changeElsewhere(...schedules: readonly Schedule[]): void {
  fake.snapshot = { ...fake.snapshot, schedules, configRevision: 'revision-2' };
  fake.answer(scheduleList, () => ({ schedules, revision: 'revision-2' }));
  fake.answer(scheduleSet, ({ revision }) => {
    if (revision !== 'revision-2') throw new KedgeError('config-changed');
    return { revision: 'revision-3' };
  });
  fake.notify({ topic: 'schedules', schedules });
  fake.notify({ topic: 'config', revision: 'revision-2' });
}

function lastCall(method: string): Record<string, unknown> | undefined {
  const params = fake.calls.filter((call) => call.method === method).at(-1)?.params;
  return params as Record<string, unknown> | undefined;
}

async function atForm(screen: TestWorkbench): Promise<void> {
  await screen.shows('All is well');
  screen.press('4');
  await screen.shows('nightly');
  screen.press('e');
  await screen.shows('Schedule nightly');
}

describe('the form', () => {
  test('hours and the number between two fulls follow each other, and say where they do not fit', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(tab, tab, tab, right);
    await screen.shows(/> Differential +< every so many hours >/);
    await screen.shows(/= how many +5 +between two fulls/);
    screen.press(tab, clear, '6');
    await screen.shows(/= how many +3 /);
    screen.press(tab, clear, '7');
    await screen.shows(/Every +3 /);
    screen.press(clear, '1', '0');
    await screen.shows('10 do not fit evenly: every 2 h makes 11');
    screen.press(backTab);
    await screen.settled();
    await until(() =>
      JSON.stringify(lastCall('schedule.preview')).includes('{"every":"hours","hours":2}'),
    );
  });

  test('says below the field what Kedge refuses, and saves nothing', async () => {
    fake.answer(schedulePreview, () => {
      const problem = 'there is no destination of that name';
      throw new KedgeError('bad-argument', { what: 'destination "local"', problem });
    });
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    await screen.shows(/Destination .*\n +! there is no destination of that name/);
    screen.press(backTab, enter);
    await screen.shows('a field is not right yet');
    expect(lastCall('schedule.set')).toBeUndefined();
  });

  test('shows ten runs with kind and notes and what would be deleted, beside it where there is room', async () => {
    fake.answer(schedulePreview, () => ({
      words: 'every day at 02:00 (UTC), differentials every 4 hours',
      nextMs: [],
      runs: Array.from({ length: 10 }, (_, n) => ({
        atMs: cannedNowMs + (14 + 4 * n) * hourMs,
        kind: n === 6 ? ('full' as const) : ('differential' as const),
        ...(n === 1 ? { note: 'the hour does not exist' } : {}),
      })),
      notes: ['this machine lives in another zone'],
    }));
    fake.answer(retentionPreview, () => ({
      lines: (['goes', 'goes', 'stays'] as const).map((verdict, n) => ({
        backup: `b${n}`,
        verdict,
        reason: '',
      })),
    }));
    for (const size of [small, { columns: 120, rows: 40 }]) {
      await using screen = await openTestWorkbench(fake, size);
      await atForm(screen);
      await screen.shows('What this means');
      screen.press(backTab);
      for (const words of [
        'this machine lives in another zone',
        'Sun 22 Nov 02:00  diff  in 14 h',
        'the hour does not exist',
        'Mon 23 Nov 02:00  full',
        'Mon 23 Nov 14:00  diff',
        'With these settings 2 of 3 backups would',
      ])
        await screen.shows(words);
      await screen.settled();
    }
  });

  test('takes a time zone by a part of its name', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(tab, tab, clear, ...'lord how');
    await screen.shows('Enter: Australia/Lord_Howe');
    screen.press(enter);
    await screen.shows(/Time zone +Australia\/Lord_Howe/);
  });

  test('is not left by Esc with what was typed, unless that is said', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(esc);
    await screen.shows('WHEN');
    screen.press('e', tab, clear, ...'04:44', esc);
    await screen.shows('Leave without saving?');
    screen.press(enter);
    await until(() => !screen.text().includes('Leave without'));
    expect(screen.text()).toMatch(/At +04:44/);
    screen.press(esc);
    await screen.shows('[ Leave ]');
    screen.press(tab, enter);
    await screen.shows('WHEN');
  });

  test('does not take the name of another schedule', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await screen.shows('All is well');
    screen.press('4', 'c', ...'nightly');
    await screen.shows('there is already a schedule "nightly"');
  });
});

describe('when somebody else was faster', () => {
  test('the second is told, keeps what was typed, sees what differs, and saves over it by choice', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(tab, clear, ...'03:30');
    changeElsewhere(nightly({ full: { every: 'day', at: '04:00' } }));
    await screen.shows('Somebody changed this schedule meanwhile');
    screen.press(backTab, backTab, enter);
    await screen.shows('At: you "03:30", there now "04:00"');
    screen.press(enter);
    await until(() => !screen.text().includes('Take theirs'));
    expect(screen.text()).toMatch(/At +03:30/);
    screen.press(enter);
    await screen.shows('[ Take theirs ]');
    screen.press(tab, tab, enter);
    await screen.shows('Schedule nightly is saved');
    expect(lastCall('schedule.set')).toMatchObject({
      revision: 'revision-2',
      settings: { full: { at: '03:30' } },
    });
  });

  test('theirs can be taken', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(tab, clear, ...'03:30');
    changeElsewhere(nightly({ full: { every: 'day', at: '04:00' } }));
    await screen.shows('Somebody changed this schedule meanwhile');
    screen.press(backTab, backTab, enter);
    await screen.shows('[ Take theirs ]');
    screen.press(tab, enter);
    await screen.shows(/At +04:00/);
    expect(screen.text()).not.toContain('meanwhile');
  });

  test('one that was removed is made again only by choice', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    const before = fake.snapshot.schedules;
    changeElsewhere();
    await screen.shows('Somebody removed this schedule meanwhile');
    screen.press(backTab, enter);
    await screen.shows('It stands in kedge.jsonc no more');
    screen.press(tab, enter);
    await screen.shows('is saved');
    expect(lastCall('schedule.set')).toMatchObject({ settings: before[0]?.settings });
  });

  test('a change of something else in the file is no obstacle, and is said', async () => {
    await using screen = await openTestWorkbench(fake, small);
    await atForm(screen);
    screen.press(tab, clear, ...'03:30');
    changeElsewhere(nightly());
    await screen.shows('was changed meanwhile, but not this schedule');
    screen.press(backTab, backTab, enter);
    await screen.shows('what else was changed in the file meanwhile stays');
    expect(lastCall('schedule.set')).toMatchObject({
      revision: 'revision-2',
      settings: { full: { at: '03:30' } },
    });
  });
});
