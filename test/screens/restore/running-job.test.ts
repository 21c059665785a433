import { test } from 'vitest';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedJob } from '../../support/canned-snapshot.ts';
import { startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';

test('a restore at work is shown on its screen, though that was opened before Kedge told of it', async () => {
  await using fake = await startFakeKedge();
  answerEverything(fake);
  const job = cannedJob({ id: 24, kind: 'restore', title: 'Restore clinic' });
  fake.snapshot = { ...fake.snapshot, jobs: [job] };
  await fake.stop();
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('3');
  await screen.shows('[3 Restore]');
  await fake.start();
  await screen.shows('Restoring  (job 24)');
});
