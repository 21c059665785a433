import { afterEach, beforeEach, expect, test } from 'vitest';
import { topicIds, topicOf } from '../../tui/commands/help/topics.ts';
import { firstTourTexts } from '../../tui/texts/english/first-tour-texts.ts';
import { rememberedUi, toRemember } from '../../tui/workbench/remembered-ui.ts';
import { tourSteps } from '../../tui/workbench/tour/tour-steps.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [down, end, esc, right, left] = ['\u001B[B', '\u001B[F', '\u001B', '\u001B[C', '\u001B[D'];

async function choose(screen: TestWorkbench, words: string): Promise<void> {
  screen.press(':', ...words);
  await screen.shows(new RegExp(`> .*${words.replace(' ', ':? ')}`, 'i'));
  screen.press('\r');
}

test.each([
  [120, 40],
  [80, 24],
  [44, 11],
] as const)('at %ix%i a topic is read to its end, from the palette', async (columns, rows) => {
  await using screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('Kedge ok');
  screen.press('3');
  await choose(screen, 'help encryption');
  await screen.shows('Help: Encryption');
  await screen.shows('kedge key create');
  screen.press(end);
  await screen.shows('file name.');
  screen.press(down, 'k', ' ');
  await screen.settled();
  screen.press(esc);
  await screen.settled();
  expect(screen.text()).not.toContain('Help:');
  expect(screen.running.ui()).toMatchObject({ view: 'restore' });
});

test('every topic has its line in the palette', () => {
  const titles = topicIds.map((id) => topicOf(id).title);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each([
  [120, 40],
  [80, 24],
  [60, 15],
] as const)('at %ix%i the tour leads over its screens and ends', async (columns, rows) => {
  await using screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('Kedge ok');
  await choose(screen, 'take the tour');
  for (const [at, { id, view }] of tourSteps.entries()) {
    const { title } = firstTourTexts.steps[id];
    await screen.shows(`Tour ${at + 1} of ${tourSteps.length}: ${title}`);
    await screen.settled();
    expect(screen.running.ui().view).toBe(view);
    screen.press(at % 2 === 0 ? '\r' : right);
  }
  await screen.settled();
  expect(screen.text()).not.toContain('Tour ');
  expect(screen.running.ui().tour).toBeUndefined();
});

test('the tour goes back, takes clicks, and gives way to any other key, which does what it does', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Kedge ok');
  await choose(screen, 'take the tour');
  screen.press('\r', left);
  await screen.shows('Tour 1 of');
  const row = screen.rows().findIndex((text) => text.includes('[ Next ]'));
  const column = screen.rows()[row]?.indexOf('[ Next ]') ?? 0;
  screen.press(`\u001B[<0;${column + 3};${row + 1}M`);
  await screen.shows('Tour 2 of');
  screen.press('7');
  await screen.settled();
  expect(screen.running.ui()).toMatchObject({ view: 'destinations' });
  expect(screen.text()).not.toContain('Tour ');
});

test('the first start begins with the tour, the next one does not, unless it was not left', () => {
  const first = rememberedUi(undefined);
  expect(first.tour).toEqual({ step: 0 });
  expect(rememberedUi(toRemember(first)).tour).toEqual({ step: 0 });
  const { tour: _left, ...toured } = first;
  expect(rememberedUi(toRemember(toured)).tour).toBeUndefined();
  expect(rememberedUi({ view: 'jobs', panel: { tab: 'log' } }).tour).toBeUndefined();
});
