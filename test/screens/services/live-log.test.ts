import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceFollowLog } from '../../../protocol/methods/service.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

let fake: FakeKedge;
/** What the service writes; each answer takes all that is there. */
let written: string[];
let asked: (string | undefined)[];
let waiting: (() => void) | undefined;

function write(...lines: readonly string[]): void {
  written.push(...lines);
  waiting?.();
}

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  written = Array.from({ length: 30 }, (_, n) => `line ${n + 1}`);
  asked = [];
  fake.answer(serviceFollowLog, async ({ cursor }, signal) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting = resolve;
    signal.addEventListener('abort', () => resolve());
    if (written.length > from || cursor === undefined) resolve();
    await promise;
    return { lines: written.slice(from), cursor: String(written.length), gap: false };
  });
});
afterEach(async () => await fake[Symbol.asyncDispose]());

async function openLog(columns: number, rows: number): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('Kedge ok');
  screen.press('5');
  screen.press('\r');
  await screen.shows('line 30');
  return screen;
}

test.each([
  [120, 40],
  [80, 24],
  [60, 15],
])(
  'at %ix%i the log of a service follows, stands still, filters and goes on',
  async (columns, rows) => {
    await using screen = await openLog(columns, rows);
    await screen.shows('Log of host  following');
    write('line 31');
    await screen.shows('line 31');
    screen.press('k');
    await screen.shows('PAUSED');
    const still = screen.rows().filter((row) => /^\W*line \d+/.test(row));
    write('line 32', 'ERROR: disk full');
    await screen.shows('PAUSED, 2 new lines');
    expect(screen.rows().filter((row) => /^\W*line \d+/.test(row))).toEqual(still);
    screen.press('G');
    await screen.shows('ERROR: disk full');
    await screen.shows('following');
    screen.press('/', ...'error');
    await screen.shows('1 of 33 lines');
    expect(screen.text()).not.toContain('line 32');
    screen.press('\u001B');
    await screen.shows('line 32');
    screen.press('f');
    await screen.shows('PAUSED');
    screen.press('f');
    await screen.shows('following');
    await screen.settled();
  },
);

test('long lines are cut, or wrapped where that is asked for', async () => {
  await using screen = await openLog(80, 24);
  write(`${'x'.repeat(100)}the end of a long line`);
  await screen.shows('xxx…');
  screen.press('w');
  await screen.shows('the end of a long line');
  screen.press('w');
  await screen.shows('xxx…');
});

test('copies what the filter leaves, and nothing that moves a cursor', async () => {
  await using screen = await openLog(80, 24);
  write('\u001B[1;31mERROR\u001B[0m', '\u001B[2Jgone \u009B31m red');
  await screen.shows(/^\W*ERROR$/m);
  await screen.shows('\\x1b[2Jgone \\x9b31m red');
  screen.press('/', ...'gone');
  await screen.shows('1 of 32 lines');
  screen.press('\r', 'y');
  await screen.shows('Copied 1 lines.');
  expect(screen.copied).toEqual(['\\x1b[2Jgone \\x9b31m red']);
});

test('nothing is asked any more once the page is left, and on coming back only for what is new', async () => {
  await using screen = await openLog(80, 24);
  screen.press('1');
  await screen.shows('All is well');
  const before = asked.length;
  write('line 31');
  screen.press('5');
  await screen.shows('line 31');
  expect(asked.slice(before)).toEqual(['30', '31']);
  screen.press('\u001B');
  await screen.shows('Reset all...');
  expect(asked).toHaveLength(before + 2);
});

test('goes on where it was after the connection was lost', async () => {
  await using screen = await openLog(80, 24);
  await fake.stop();
  await screen.shows('Kedge not reachable');
  written.push('written meanwhile');
  await fake.start();
  await screen.shows('written meanwhile');
  expect(asked.at(-1)).toBe('31');
});

test('of ten thousand lines the newest 5,000 are kept', async () => {
  await using screen = await openLog(120, 40);
  for (let n = 0; n < 10; n += 1) {
    write(
      ...Array.from({ length: 1000 }, (_, at) => `flood ${n * 1000 + at} ${'word '.repeat(40)}`),
    );
    await screen.shows(`flood ${n * 1000 + 999} `);
  }
  const { serviceLog } = screen.running.ui().data;
  expect(serviceLog?.kind === 'ready' && serviceLog.value.lines.length).toBe(5000);
  screen.press('w', 'k');
  await screen.shows('PAUSED');
  await until(() => screen.running.frame().areas['services.log'] !== undefined);
});
