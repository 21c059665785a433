import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerEverything, cannedBackups } from '../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});

afterEach(async () => await fake[Symbol.asyncDispose]());

const size = { columns: 80, rows: 24 };

const enter = '\r';

const tab = '\t';

const esc = '\u001B';

const right = '\u001B[C';

/** Parameters of the calls of a method so far, without the request ids. */
function callsOf(method: string): readonly unknown[] {
  return fake.calls
    .filter((call) => call.method === method)
    .map(({ params }) => {
      const { requestId: _id, ...rest } = params as Record<string, unknown>;
      return rest;
    });
}

async function called(method: string): Promise<unknown> {
  await until(() => callsOf(method).length > 0);
  return callsOf(method).at(-1);
}

test('b, a typed name and Enter take a backup with that name', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('b', ...'before the update');
  await screen.shows('before the update');
  screen.press(enter);
  expect(await called('backup.create')).toEqual({
    name: 'before the update',
    destination: { kind: 'store', store: 'local' },
  });
  await screen.shows('started as job 21');
  screen.press('6');
  await screen.shows('Back up clinic');
  await screen.shows('40 %');
});

test('a folder of my choice is typed where the destination is another folder', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('b', tab, right);
  await screen.shows('another folder');
  screen.press(tab, ...'/mnt/usb', enter);
  expect(await called('backup.create')).toEqual({
    destination: { kind: 'folder', folder: '/mnt/usb' },
  });
});

test('what a backup to a typed folder takes is asked once, not at every letter', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('b', tab, right, tab, ...'/mnt/usb');
  const asked = (folder: string) => JSON.stringify({ destination: { kind: 'folder', folder } });
  const folders = () =>
    callsOf('backup.estimate')
      .map((params) => JSON.stringify(params))
      .filter((params) => params.includes('"folder"'));
  await until(() => folders().includes(asked('/mnt/usb')));
  screen.press('2');
  await until(() => folders().includes(asked('/mnt/usb2')));
  expect(folders()).toEqual([asked('/mnt/usb'), asked('/mnt/usb2')]);
});

test('a restore shows its plan, and runs only with the name typed out', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('214 new, 31 changed rows');
  await screen.shows('Clinic goes back to');
  screen.press(tab, tab, enter);
  await screen.shows('Type Clinic to confirm');
  screen.press(...'Clin', enter);
  await screen.shows('Type Clinic to confirm');
  expect(callsOf('restore.run')).toEqual([]);
  screen.press(...'ic', enter);
  expect(await called('restore.run')).toEqual({ plan: 'plan-1', confirmation: 'Clinic' });
  await screen.shows('You may close this window');
});

test('a plan with an obstacle cannot be run', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('Clinic goes back to');
  screen.press(esc);
  await screen.shows('Any archive');
});

test('an undo is listed, asks for the name and runs', async () => {
  fake.snapshot = {
    ...fake.snapshot,
    undos: [
      {
        id: 'undo-1',
        job: 3,
        createdAtMs: cannedNowMs - 60_000,
        expiresAtMs: cannedNowMs + 86_400_000,
        bytes: 1_000_000,
        title: 'Restore of yesterday',
        state: 'ready',
      },
    ],
  };
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('Restore of yesterday');
  // All keys at once, as a fast hand or a slow line sends them.
  screen.press('u', ...'Clinic', enter);
  expect(await called('undo.run')).toEqual({ undo: 'undo-1', confirmation: 'Clinic' });
});

test('deleting asks for the name of the file, and Esc leaves everything as it was', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('d');
  await screen.shows('Type clinic_2026-11-21T11-00-00+0000_full.tar.zst');
  screen.press(enter, esc);
  await screen.settled();
  expect(callsOf('backup.delete')).toEqual([]);
  screen.press('d');
  await screen.shows('Type clinic_2026-11-21T11-00-00+0000_full.tar.zst');
  screen.press('clinic_2026-11-21T11-00-00+0000_full.tar.zst', enter);
  expect(await called('backup.delete')).toMatchObject({ backup: cannedBackups[0]?.id });
});

test('a daily schedule is made from the form, with its next runs shown first', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('4', 'c', ...'evening');
  await screen.shows('every day at 02:00 (UTC)');
  screen.press(tab, tab, '\u0015', ...'20:30', tab, '\u0015', ...'UTC');
  screen.press(tab, tab, tab, tab, ...'30 days');
  await screen.shows('30 days');
  screen.press(tab, tab, tab, tab, tab, enter);
  expect(await called('schedule.set')).toMatchObject({
    schedule: 'evening',
    settings: {
      full: { every: 'day', at: '20:30' },
      store: 'local',
      zone: 'UTC',
      deleteOlderThan: '30 days',
      ifMissed: 'run',
    },
  });
});

test('R shows the order of a reset, cancels by default, and ticks its steps off', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('R');
  await screen.shows(/3\. to do +start +agent/);
  screen.press(enter);
  await screen.shows('Reset all...');
  expect(callsOf('service.reset')).toEqual([]);
  screen.press('R');
  await screen.shows(/3\. to do +start +agent/);
  screen.press(tab, enter);
  expect(await called('service.reset')).toEqual({ retryFailed: false });
  const step = (service: string, state: 'done' | 'running') => ({
    service,
    action: 'stop' as const,
    state,
    detail: '',
  });
  const resetSteps = [step('agent', 'done'), step('host', 'running')];
  fake.notify({ topic: 'job', job: cannedJob({ id: 26, kind: 'reset', resetSteps }) });
  await screen.shows(/1\. done +stop +agent/);
  await screen.shows(/2\. now +stop +host/);
});
