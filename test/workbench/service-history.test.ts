import { test } from 'vitest';
import { wordClock } from '../../tui/texts/moment.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

test.each([
  [false, '7 days  ··▁▅▆█▃▁'],
  [true, '7 days  .._=!#-_'],
])('the page of a service shows its last seven days (ASCII: %s)', async (ascii, signs) => {
  await using fake = await startFakeKedge();
  answerEverything(fake);
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24, ascii });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('[5 Services]');
  screen.press('\r');
  await screen.shows(signs);
  await screen.shows(`healthy since ${wordClock(cannedNowMs - 60_000)}: running, GET /health 200`);
  await screen.shows('host listens on 8080');
});
