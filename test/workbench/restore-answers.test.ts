import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupBrowse } from '../../protocol/methods/backup.ts';
import { restorePlan } from '../../protocol/methods/restore.ts';
import { answerEverything, cannedPlan } from '../support/answer-everything.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [enter, esc, tab, down, backTab] = ['\r', '\u001B', '\t', '\u001B[B', '\u001B[Z'];
const planned = () => fake.calls.filter(({ method }) => method === 'restore.plan');
const size = { columns: 80, rows: 24 };
const question = 'Since then 245 rows and 13 files were added or changed: drop them, or keep';

async function openPlan() {
  const screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows(question);
  return screen;
}

async function secondPlan() {
  await until(() => planned().length === 2);
  return planned()[1]?.params;
}

test('a plan asks whether what is newer is dropped or kept, with nothing chosen', async () => {
  await using screen = await openPlan();

  await screen.shows('[ Drop them ]  [ Keep them ]  [ To folder... ]  [ Only a part... ]');
  expect(screen.text()).not.toContain('>[ ');
  screen.press(enter);
  await screen.settled();
  expect(fake.calls.filter(({ method }) => method === 'restore.run')).toEqual([]);
});

test('keeping makes another plan, which merges', async () => {
  await using screen = await openPlan();
  screen.press(tab, tab, tab, enter);
  expect(await secondPlan()).toMatchObject({ mode: { kind: 'merge' } });
});

test('a folder is typed, and gets a plan of its own', async () => {
  await using screen = await openPlan();
  screen.press(backTab, backTab, enter);
  await screen.shows('new or empty');
  screen.press(...'/tmp/look', enter);
  expect(await secondPlan()).toMatchObject({ mode: { kind: 'elsewhere', folder: '/tmp/look' } });
});

test('a table is picked out of the backup, and Esc leads back to the plan', async () => {
  await using screen = await openPlan();
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(enter);
  await screen.shows('patients ');
  screen.press(esc);
  await screen.shows('Sources in this backup');
  screen.press(esc);
  await screen.shows(question);
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(enter);
  await screen.shows('patients ');
  screen.press(' ');
  expect(await secondPlan()).toMatchObject({
    parts: [{ source: 'database', tables: [{ table: 'patients' }] }],
  });
});

test('a file is picked in the folders of a backup', async () => {
  fake.answer(backupBrowse, () => ({
    total: 1,
    entries: [{ name: 'scan.jpg', kind: 'file' as const, sizeBytes: 5, modifiedMs: 0 }],
  }));
  await using screen = await openPlan();
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(down, enter);
  await screen.shows('scan.jpg');
  screen.press(enter);
  expect(await secondPlan()).toMatchObject({
    parts: [{ source: 'uploads', paths: ['scan.jpg'] }],
  });
});

test('keeping what is newer is not offered where nothing would come back', async () => {
  const none = { inserted: 0, overwritten: 0 };
  fake.answer(restorePlan, () => {
    const plan = cannedPlan({
      mode: { kind: 'merge' },
      merges: [
        {
          source: 'database',
          tables: [{ table: 'patients', ...none, reusedKeys: 0, orphans: 0, examples: [] }],
        },
        { source: 'uploads', files: { ...none, bytes: 0 } },
      ],
    });
    const state = { kind: 'done' as const, result: { kind: 'plan' as const, plan } };
    fake.notify({ topic: 'job', job: cannedJob({ id: 23, kind: 'plan', state }) });
    return { job: 23 };
  });
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('nothing: all that this backup has is live already');
  await screen.settled();
  expect(screen.text()).not.toMatch(/Downtime|stops and starts/);
  screen.press(backTab, enter);
  await screen.shows('nothing to do');
  expect(fake.calls.filter(({ method }) => method === 'restore.run')).toEqual([]);
});

test('a table of a database in a server is picked at once, and may come beside the live one', async () => {
  const table = { table: 'public.visit', backupRows: 3, liveRows: 3 };
  const change = { source: 'db', engine: 'postgres', live: 'x', bytes: 1, tables: [table] };
  fake.answer(restorePlan, ({ mode, parts }) => {
    const plan = cannedPlan({ mode, parts, changes: [{ ...change, wholeTables: true }] });
    const state = { kind: 'done' as const, result: { kind: 'plan' as const, plan } };
    const id = 30 + planned().length;
    fake.notify({ topic: 'job', job: cannedJob({ id, kind: 'plan', state }) });
    return { job: id };
  });
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('[ Only a part... ]');
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(enter);
  await screen.shows('public.visit ');
  screen.press(enter);
  const parts = [{ source: 'db', tables: [{ table: 'public.visit' }] }];
  expect(await secondPlan()).toMatchObject({ parts });
  await screen.shows('[ Beside it ]');
  screen.press(backTab, enter);
  await screen.shows('[ Load ]');
  expect(planned()[2]?.params).toMatchObject({ parts, mode: { kind: 'beside' } });
  screen.press(backTab, enter);
  await until(() => fake.calls.some(({ method }) => method === 'restore.run'));
});
