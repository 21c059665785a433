import { afterEach, beforeEach, test } from 'vitest';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

const escapeKey = '\u001B';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('a filter over the backups is that of its screen alone, and Escape takes it away', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('[2 Back up]');
  screen.press('/');
  await screen.shows('type words that must be there');
  screen.press('nothing of that');
  await screen.shows('Nothing matches "nothing of that". Esc shows all.');
  screen.press('\r');
  screen.press('1');
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('verified');
  screen.press('2');
  await screen.shows('0 with "nothing of that", Esc shows all');
  screen.press(escapeKey);
  await screen.shows('verified');
});

test('Escape shows all lines of a filtered log before it leaves the log', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('[5 Services]');
  screen.press('\r');
  await screen.shows('Log of');
  screen.press('/');
  await screen.shows('Filter  ');
  screen.press('nothing of that');
  await screen.shows('0 of');
  screen.press('\r');
  await screen.shows('Esc all lines');
  screen.press(escapeKey);
  await screen.shows('following');
  screen.press(escapeKey);
  await screen.shows('Last lines');
});
