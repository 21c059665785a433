import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackupDiff } from '../../protocol/domain/diff.ts';
import { backupConsolidate, backupList } from '../../protocol/methods/backup.ts';
import { backupDiff, backupDiffEntries } from '../../protocol/methods/diff.ts';
import { answerEverything, cannedBackups } from '../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const diff: BackupDiff = {
  before: { backup: 'a', path: '/backups/then_full.tar.zst', capturedAtMs: cannedNowMs },
  after: { backup: 'b', path: '/backups/now_full.tar.zst', capturedAtMs: cannedNowMs },
  sources: [
    {
      source: 'uploads',
      engine: 'files',
      before: { members: 2, bytes: 10 },
      after: { members: 300, bytes: 3_000 },
      removed: { members: 1, bytes: 5 },
      changed: { members: 0, bytes: 0 },
      added: { members: 299, bytes: 2_995 },
      examples: [
        {
          change: 'removed',
          name: 'uploads/letter.txt',
          before: { kind: 'file', sizeBytes: 5, modifiedMs: 0 },
        },
      ],
      databases: [],
    },
  ],
  entries: 300,
  databases: 0,
  rows: false,
};

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.answer(backupDiff, () => {
    const state = { kind: 'done', result: { kind: 'diff', diff } } as const;
    fake.notify({ topic: 'job', job: cannedJob({ id: 30, kind: 'diff', title: 'diff', state }) });
    return { job: 30 };
  });
  fake.answer(backupDiffEntries, () => ({ entries: diff.sources[0]?.examples ?? [] }));
  fake.answer(backupConsolidate, () => ({ job: 31 }));
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const callOf = (method: string) => fake.calls.find((call) => call.method === method)?.params;

test('= compares the selected backup with one that is picked, and shows what differs', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 100, rows: 36 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('=');
  await screen.shows('Compare clinic 2026-11-21 11:00:00 with');
  expect(screen.text()).not.toMatch(/│ [> ] clinic 2026-11-21 11:00:00/);
  screen.press('\r');
  await screen.shows('removed   uploads/letter.txt');
  expect(screen.text()).toMatch(/uploads +1 +0 +299 +10 B +2\.9 KiB/);
  const [first, second] = cannedBackups;
  expect(callOf('backup.diff')).toMatchObject({
    before: { kind: 'id', id: second?.id },
    after: { kind: 'id', id: first?.id },
  });
  expect(screen.text()).not.toContain('Count rows');
});

test('when a comparison is over its outcome is said first where its title is long', async () => {
  const title = `diff ${'clinic_2026-11-21_full.tar.zst '.repeat(2)}`;
  fake.answer(backupDiff, () => ({ job: 30 }));
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('=', '\r');
  await screen.shows('started as job 30');
  const state = { kind: 'done', result: { kind: 'diff', diff } } as const;
  fake.notify({ topic: 'job', job: cannedJob({ id: 30, kind: 'diff', title, state }) });
  await screen.shows('done, 300 names differ (diff clinic_2026-11-21_full.tar.zst');
});

test('rows of databases are counted by a button where their content differs', async () => {
  fake.answer(backupDiff, ({ rows }) => {
    const found: BackupDiff = { ...diff, databases: 1, rows: rows === true };
    const state = { kind: 'done', result: { kind: 'diff', diff: found } } as const;
    const id = rows === true ? 31 : 30;
    fake.notify({ topic: 'job', job: cannedJob({ id, kind: 'diff', title: 'diff', state }) });
    return { job: id };
  });
  await using screen = await openTestWorkbench(fake, { columns: 100, rows: 36 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('=', '\r');
  await screen.shows('[ Count rows of databases ]');
  expect(screen.text()).not.toContain('--rows');
  screen.press('\t', '\t', '\t', '\t');
  await screen.shows('>[ Count rows of databases ]');
  screen.press('\r');
  await screen.shows('(job 31)');
  const asked = fake.calls.filter(({ method }) => method === 'backup.diff');
  expect(asked.map(({ params }) => params)).toMatchObject([
    { rows: false },
    { before: { kind: 'id', id: 'a' }, after: { kind: 'id', id: 'b' }, rows: true },
  ]);
});

test('f makes a full of the selected differential, and says of a full that it is one', async () => {
  const [newest, ...older] = cannedBackups;
  if (newest === undefined) throw new Error('no backup is canned');
  const backups = [{ ...newest, kind: 'differential' as const }, ...older];
  fake.answer(backupList, () => ({ total: backups.length, backups }));
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('f');
  await until(() => callOf('backup.consolidate') !== undefined);
  await screen.shows('started as job 31');
  expect(callOf('backup.consolidate')).toMatchObject({ backup: { kind: 'id', id: newest.id } });
  screen.press('j', 'f');
  await screen.shows('it is a full');
});
