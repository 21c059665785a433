import { afterEach, beforeEach, expect, test } from 'vitest';
import { formats } from '../../tui/texts/formats.ts';
import { isoDay } from '../../tui/texts/typed-date.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
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

test('a time is looked for as it is shown, that of a day before by its date', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  const asked = () => fake.calls.findLast(({ method }) => method === 'backup.list')?.params;
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('[2 Back up]');
  const { weekdays } = formats();
  for (const daysAgo of [1, 6]) {
    const day = new Date(cannedNowMs - daysAgo * 86_400_000);
    screen.press('/', '\u0015', ...`${weekdays[day.getDay()]} ۰5:16`);
    const filter = `${isoDay({ year: day.getFullYear(), month: day.getMonth() + 1, day: day.getDate() })} 05:16`;
    await expect.poll(asked).toMatchObject({ filter });
    screen.press('\r');
  }
});
