import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWindow } from '../../tui/workbench/open-window.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { looksAsIfFresh } from '../support/fresh-looks.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const sizes = [
  [120, 40],
  [80, 24],
  [60, 15],
] as const;

/** What each screen must show at every size. */
const screens: readonly (readonly [key: string, words: readonly string[]])[] = [
  ['1', ['All is well', 'host', 'healthy']],
  ['2', ['Name', 'Back up now', 'about 50.0 MiB', 'clinic 2026-11-21 11:00:00', 'verified']],
  ['3', ['Any archive', 'clinic 2026-11-21 11:00:00', 'Nothing to take back']],
  ['4', ['nightly', 'every day at 02:00 (UTC)']],
  ['5', ['host', 'healthy', 'Reset all...']],
  ['6', ['Nothing is running']],
  ['7', ['local', 'online', '40.0 GiB']],
  ['8', ['/etc/kedge/kedge.jsonc', 'valid and in force']],
];

/** Every row ends inside the window, and the window is full: nothing wrapped, nothing scrolled. */
function expectNoWrap(screen: TestWorkbench, columns: number, rows: number): void {
  const frame = screen.running.frame();
  expect(frame.lines).toHaveLength(rows);
  expect(screen.rows()).toHaveLength(rows);
  expect(screen.rows().at(-1)).toContain('Kedge');
  expect(Math.max(...screen.rows().map((row) => Array.from(row).length))).toBeLessThanOrEqual(
    columns,
  );
}

describe.each(sizes)('at %i columns and %i rows', (columns, rows) => {
  test.each(screens)('screen %s shows what it is for, and no row wraps', async (key, words) => {
    await using screen = await openTestWorkbench(fake, { columns, rows });
    await screen.shows('Kedge ok');
    screen.press(key);
    for (const word of words) await screen.shows(word);
    await screen.settled();
    expectNoWrap(screen, columns, rows);
  });
});

test('a window of 30 by 8 asks for room in one line, and goes on when it gets it', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 30, rows: 8 });
  await screen.shows('Please enlarge: 30x8 < 40x10');
  expect(screen.text().trim()).toBe('Please enlarge: 30x8 < 40x10');
  screen.resize(80, 24);
  await screen.shows('All is well');
  await screen.settled();
});

test('in ASCII and without colours every sign is ASCII, and the selection is still marked', async () => {
  await using screen = await openTestWorkbench(fake, {
    columns: 120,
    rows: 40,
    ascii: true,
    depth: 'none',
  });
  for (const [key, words] of screens) {
    screen.press(key);
    await screen.shows(words[0] ?? '');
    await screen.settled();
    expect(screen.text()).toMatch(/^[\u0020-\u007E\n]*$/);
    expect(screen.text()).toMatch(/> /);
  }
});

const keys = fc.constantFrom(
  ...['1', '2', '3', '4', '5', '6', '7', '8', 'j', 'k', '\t', '\u001B[Z', '\u001B', '\r'],
  ...['G', 'g', ']', '}', '?', ':', '\u0010', '\u001B[17~', '\u001B[B', '\u001B[A', '\u001B[C'],
  // What lists take: marks, order, columns, copies.
  ...[' ', '*', 'V', '<', '>', 'I', '|', 'Y'],
  ...['a', '/', 'x', '\u007F', '\u001B[6~', '\u000Bj', 'R', 'b', 'i', '\u001B[<65;40;12M'],
  ...['m', 'N', '.', '\u000Br', '\u000Bn', '\u001Bk', '\u001B[<2;40;9M', '\u001B[21;2~'],
  ...['\u001B[<0;30;10M', '\u001B[<0;5;4M', '\u001B[200~pasted text\u001B[201~'],
);

test('after any keys and sizes the screen is exactly the frame', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(keys, { minLength: 1, maxLength: 25 }),
      fc.constantFrom(...sizes, [44, 11] as const),
      async (pressed, [columns, rows]) => {
        await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
        screen.press(...pressed.slice(0, 12));
        screen.resize(columns, rows);
        screen.press(...pressed.slice(12));
        await screen.settled();
        expect(screen.running.frame().lines).toHaveLength(rows);
      },
    ),
    { numRuns: 25 },
  );
});

test('10,000 keys leave no wrong cell, no dialog that stays and nothing broken', async () => {
  const seed = Date.now();
  const pressed = fc.sample(keys, { seed, numRuns: 10_000 });
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  try {
    for (let from = 0, round = 0; from < pressed.length; from += 100, round++) {
      const [columns, rows] = sizes[Math.floor(round / 5) % sizes.length] ?? [120, 40];
      if (round % 5 === 0) screen.resize(columns, rows);
      screen.press(...pressed.slice(from, from + 100));
      await until(() => looksAsIfFresh(screen), 10_000);
    }
    screen.press(...Array<string>(6).fill('\u001B'), '\u001B1');
    expect(screen.running.ui()).toMatchObject({ view: 'overview' });
    expect(screen.running.ui().overlay).toBeUndefined();
    await screen.settled();
  } catch (error) {
    throw new Error(`with the keys of seed ${seed}`, { cause: error });
  }
}, 60_000);

test('while the terminal is given away nothing is painted, and all of it afterwards', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  await screen.settled();
  await screen.suspend(async () => {
    screen.output.write('an editor of somebody\r\n');
    await screen.shows('an editor of somebody');
    screen.press('7');
    screen.running.touch();
    await until(() => screen.running.ui().view === 'destinations');
    expect(screen.text()).not.toContain('online');
  });
  screen.running.touch();
  await until(() => looksAsIfFresh(screen), 10_000);
  await screen.shows('online');
});

test('a fault while painting is told, and nobody looks at a screen that stands still', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.settled();
  const fault = new Error('no frame');
  const { promise: told, resolve } = Promise.withResolvers<unknown>();
  const broken = {
    ...screen.running,
    frame: () => {
      throw fault;
    },
  };
  const window = openWindow(broken, screen.output, { onFault: resolve });
  expect(await told).toBe(fault);
  await window.close();
});

test('closed while the terminal is given away it does not take it again', async () => {
  const screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  let bytes = 0;
  await screen.suspend(async () => {
    bytes = screen.bytes();
    await screen[Symbol.asyncDispose]();
  });
  expect(screen.bytes()).toBe(bytes);
});

test('moving the selection costs few bytes, and standing still none', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  await screen.settled();
  const moves: number[] = [];
  for (let n = 0; n < 20; n++) {
    const before = screen.bytes();
    screen.press('j');
    await screen.settled();
    moves.push(screen.bytes() - before);
  }
  const median = moves.toSorted((a, b) => a - b)[10] ?? 0;
  expect(median).toBeGreaterThan(0);
  expect(median).toBeLessThanOrEqual(450);
  const still = screen.bytes();
  screen.running.touch();
  screen.running.touch();
  await screen.settled();
  expect(screen.bytes()).toBe(still);
});
