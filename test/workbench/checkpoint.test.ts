import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupPin, backupUnpin } from '../../protocol/methods/backup.ts';
import { checkpointCreate } from '../../protocol/methods/checkpoint.ts';
import { drillRun } from '../../protocol/methods/drill.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedBackup, cannedNowMs, cannedSnapshot } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const dayMs = 86_400_000;
const checkpoint = cannedBackup({
  id: 'c0ffee00-1',
  kind: 'differential',
  origin: 'checkpoint',
  pinned: true,
  capturedAtMs: cannedNowMs - 2 * 3_600_000,
  path: '/var/backups/clinic/before 4.3 update.tar.zst',
});
const proven = cannedBackup({ proven: { atMs: cannedNowMs - 3 * dayMs, seconds: 41 } });

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const calls = (name: string) => fake.calls.filter(({ method }) => method === name);

test.each([
  [120, 40],
  [80, 24],
])(
  'at %i by %i the Overview tells of the last drill and offers the jump back, which plans it',
  async (columns, rows) => {
    fake.snapshot = cannedSnapshot({ checkpoints: [checkpoint], lastProven: proven });
    await using screen = await openTestWorkbench(fake, { columns, rows });
    await screen.shows('"before 4.3 update", 2 h ago, verified');
    await screen.shows('J jumps back: first the plan (kedge restore run c0ffee00)');
    await screen.shows('proven 3 d ago, 41 s');
    screen.press('J');
    await screen.shows('Clinic goes back to');
    expect(calls('restore.plan')[0]?.params).toMatchObject({
      backup: { kind: 'id', id: checkpoint.id },
    });
  },
);

test('a checkpoint of more than seven days ago is not offered', async () => {
  const old = { ...checkpoint, capturedAtMs: cannedNowMs - 8 * dayMs };
  fake.snapshot = cannedSnapshot({ checkpoints: [old] });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('J');
  await screen.shows('none of the last 7 days; C takes one');
  expect(calls('restore.plan')).toEqual([]);
  expect(screen.text()).not.toContain('before 4.3 update');
});

test('C asks for the name from any screen and takes the checkpoint', async () => {
  fake.answer(checkpointCreate, () => ({ job: 7 }));
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5', 'C');
  await screen.shows('Take a checkpoint');
  screen.press(...'before 4.4', '\r');
  await until(() => calls('checkpoint.create').length === 1);
  expect(calls('checkpoint.create')[0]?.params).toMatchObject({ name: 'before 4.4' });
});

test('in the list of backups t drills and p pins, or unpins what is pinned', async () => {
  fake.answer(drillRun, () => ({ job: 8 }));
  fake.answer(backupPin, () => ({ backup: checkpoint }));
  fake.answer(backupUnpin, () => ({ backup: checkpoint }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  const isInList = () => screen.text().includes('v verify');
  for (let tabs = 0; tabs < 8 && !isInList(); tabs += 1) {
    screen.press('\t');
    await screen.settled();
  }
  screen.press('t');
  await until(() => calls('drill.run').length === 1);
  screen.press('p');
  await until(() => calls('backup.pin').length === 1);
  expect(calls('backup.unpin')).toEqual([]);
});
