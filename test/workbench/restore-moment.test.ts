import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [enter, esc, backTab, down] = ['\r', '\u001B', '\u001B[Z', '\u001B[B'];
const planned = () => fake.calls.filter(({ method }) => method === 'restore.plan');
const size = { columns: 80, rows: 24 };

async function openDays() {
  const screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('@');
  await screen.shows('2026-11-20');
  return screen;
}

test('a day, then a time of it lead to the plan, in a window of 80 by 24', async () => {
  await using screen = await openDays();
  await screen.shows('2 good of 3');
  screen.press(down, enter);
  await screen.shows('Backups of 2026-11-20');
  await screen.shows('it is damaged: frame 3');
  expect(Math.max(...screen.rows().map((row) => Array.from(row).length))).toBeLessThanOrEqual(80);
  screen.press(down, enter);
  await screen.shows('Clinic goes back to');
  expect(planned()[0]?.params).toMatchObject({ backup: { kind: 'id', id: 'good-1' } });
});

test('Esc leads from the times to the days, and from there to the list', async () => {
  await using screen = await openDays();
  screen.press(enter);
  await screen.shows('Backups of 2026-11-21');
  screen.press(esc);
  await screen.shows('Days with backups');
  screen.press(esc);
  await screen.shows('Any archive');
});

test('a moment that is typed leads to the plan, one that is none to examples', async () => {
  await using screen = await openDays();
  screen.press(backTab, ...'soon', enter);
  await screen.shows('Write it as "2026-11-20 14:00"');
  await screen.shows('Type a moment such as');
  expect(planned()).toEqual([]);
  screen.press(...Array.from({ length: 4 }, () => '\u007F'));
  screen.press(...'2025-11-20T14:00Z');
  await screen.shows('That is 2025-11-20');
  screen.press(enter);
  await screen.shows('Clinic goes back to');
  await until(() => planned().length === 1);
  expect(planned()[0]?.params).toMatchObject({ atMs: Date.UTC(2025, 10, 20, 14) });
});
