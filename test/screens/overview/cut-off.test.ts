import { expect, test } from 'vitest';
import type { Job } from '../../../protocol/domain/job.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedJob, cannedNowMs, cannedSnapshot } from '../../support/canned-snapshot.ts';
import { startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';

const died = cannedJob({
  ...{ id: 4, kind: 'restore', title: 'restore of clinic.tar.zst' },
  state: {
    kind: 'failed',
    failure: { code: 'internal', params: { why: 'the restore job died unexpectedly' } },
  },
});

const waiting: Job['state'] = {
  kind: 'failed',
  failure: { code: 'recovery-waits', params: { job: 4, why: 'nobody listens there' } },
};

/** A restore was cut off, its services are down since, and this became of its recovery. */
function cutOff(state: Job['state'], problems: Snapshot['problems'] = []): Snapshot {
  const canned = cannedSnapshot();
  const [host, agent] = canned.services;
  if (host === undefined || agent === undefined) throw new Error('no services are canned');
  const recovery = cannedJob({ id: 5, kind: 'recovery', title: 'recovery of job 4', state });
  return {
    ...canned,
    services: [
      { ...host, health: 'ill', why: 'GET /health gave 503' },
      { ...agent, health: 'stopped', why: 'stopped' },
    ],
    jobs: [recovery, died],
    problems,
  };
}

const problem = { severity: 'error', sinceMs: cannedNowMs } as const;

test('what a cut-off restore keeps down is not to be reset: the recovery that waits is said first, and led to', async () => {
  await using fake = await startFakeKedge(
    cutOff(waiting, [
      { ...problem, id: 'job-backup-manual', text: 'Back up clinic failed', place: 'job 3' },
      { ...problem, id: 'job-recovery-manual', text: 'recovery of job 4 failed', place: 'job 5' },
      {
        ...{ ...problem, id: 'service-host', text: 'service "host" is ill', place: 'host' },
        hint: 'Reset the services (R).',
      },
    ]),
  );
  answerEverything(fake);
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('Health          a restore was cut off and is not settled yet, host is ill');
  await screen.shows('3 shows the recovery of job 4, which waits for its database server');
  expect(screen.text()).toMatch(/Problems.*recovery of job 4 failed.*Back up clinic failed/s);
  expect(screen.text()).toContain('No reset helps: the recovery in job 5 has to end first');
  expect(screen.text()).not.toContain('Reset the services (R).');
  expect(screen.text()).not.toContain('plan of a reset');
  screen.press('3');
  await screen.shows('[ Give it up... ]');
});

test('the page of the restore that died leads to its recovery', async () => {
  await using fake = await startFakeKedge(
    cutOff({
      kind: 'running',
      progress: { step: '', bytesDone: 0, bytesTotal: 0, rate: 0, cancellable: false },
    }),
  );
  answerEverything(fake);
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('a recovery is at work (job 5): 3 shows it.');
  screen.running.bench.updateUi((ui) => ({
    ...ui,
    view: 'restore',
    pages: { ...ui.pages, restore: { kind: 'restore', job: 4 } },
    focus: { ...ui.focus, restore: 'result.recovery' },
  }));
  await screen.shows('What was cut off is settled by the recovery in job 5.');
  screen.press('\r');
  await screen.shows('Settling a restore that was cut off  (job 5)');
});
