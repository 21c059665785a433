import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import { backupVerify } from '../../protocol/methods/backup.ts';
import { jobOutcomeWords, jobTone } from '../../tui/screens/jobs/job-words.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob, cannedSnapshot } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const progress = { step: 'read', bytesDone: 0, bytesTotal: 0, rate: 0, cancellable: true };
const running = { kind: 'running', progress } as const;

function backup(id: number, state: Job['state'] = running): Job {
  return cannedJob({ id, kind: 'backup', title: `Back up ${id}`, state });
}

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge(cannedSnapshot({ jobs: [backup(8), backup(7)] }));
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const end = (id: number): void =>
  fake.notify({ topic: 'job', job: backup(id, { kind: 'cancelled' }) });

const isAsking = (screen: TestWorkbench): boolean => screen.running.ui().overlay?.kind === 'dialog';

test('the question whether to cancel a job closes when that job is over, and says why', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('6', 'c');
  await screen.shows('[ Cancel a job ]');
  end(7);
  await screen.shows('Back up 7');
  expect(isAsking(screen)).toBe(true);
  end(8);
  await screen.shows('Nothing to cancel: this job is over.');
  expect(isAsking(screen)).toBe(false);
});

test('of several jobs it stays until all of them are over', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('6', ' ', ' ', 'c');
  await screen.shows('[ Cancel 2 jobs ]');
  end(7);
  await until(
    () =>
      screen.running.bench
        .model()
        .state.snapshot?.jobs.some(({ id, state }) => id === 7 && state.kind === 'cancelled') ===
      true,
  );
  expect(isAsking(screen)).toBe(true);
  end(8);
  await screen.shows('Nothing to cancel: these jobs are over.');
  expect(isAsking(screen)).toBe(false);
});

test('marked jobs of which one can be cancelled are asked about like that one', async () => {
  fake.snapshot = { ...fake.snapshot, jobs: [backup(8), backup(7, { kind: 'cancelled' })] };
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('6', ' ', ' ', 'c');
  await screen.shows('Back up 8');
  await screen.shows('[ Cancel a job ]');
});

test('of a cancelled job it is said once that it was', async () => {
  fake.answer(backupVerify, () => ({ job: 9 }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('v');
  await screen.shows('started as job 9');
  end(9);
  await screen.shows('Back up 9: cancelled, nothing half-made was kept');
});

test('what was unpacked is well, and where it lies is said rather than how long nothing was down', () => {
  const restore = { outcome: 'unpacked', folder: '/tmp/look', downtimeMs: 0, notes: [] } as const;
  const job = backup(9, { kind: 'done', result: { kind: 'restore', restore } });
  expect(jobTone(job)).toBe('ok');
  expect(jobOutcomeWords(job)).toBe('/tmp/look');
});
