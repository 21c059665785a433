import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupVerify } from '../../protocol/methods/backup.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
let verified: unknown[];
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  verified = [];
  fake.answer(backupVerify, ({ backup }) => {
    verified.push(backup);
    return { job: 30 };
  });
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const esc = '\u001B';
const press = (button: 0 | 2, column: number, row: number) =>
  `\u001B[<${button};${column + 1};${row + 1}M`;

function rowOf(screen: TestWorkbench, words: string): number {
  return screen.rows().findIndex((row) => row.includes(words));
}

async function openBackups(): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('2026-11-21 08:00:00');
  return screen;
}

test('the menu of a right click opens at the pointer, above it where there is no room below', async () => {
  await using screen = await openBackups();
  const row = rowOf(screen, '2026-11-21 08:00:00');
  screen.press(press(2, 40, row));
  await screen.shows('What can be done here');
  await screen.settled();
  expect(rowOf(screen, 'What can be done here')).toBe(row + 1);
  expect(screen.rows()[row + 1]?.indexOf('┌')).toBe(40);
  expect(screen.rows()[row + 1]?.length).toBeLessThan(118);
  screen.press(press(2, 116, 27));
  await until(() => rowOf(screen, 'What can be done here') < row);
  await screen.settled();
  expect(screen.rows().findIndex((one) => /└─+┘/.test(one))).toBe(26);
});

test('a click beside a menu closes it and does nothing else, one beside a question does not', async () => {
  await using screen = await openBackups();
  const row = rowOf(screen, '2026-11-21 08:00:00');
  screen.press(press(2, 40, row));
  await screen.shows('What can be done here');
  screen.press(press(0, 3, 3));
  await until(() => screen.running.ui().overlay === undefined);
  expect(screen.running.ui().view).toBe('back-up');
  screen.press('d');
  await screen.shows('Type clinic_2026');
  screen.press(press(0, 3, 3));
  await screen.settled();
  expect(screen.running.ui().overlay?.kind).toBe('dialog');
  screen.press(esc);
});

test('a right click on a row that is not marked is for that row alone, one on a marked row for all marked', async () => {
  await using screen = await openBackups();
  screen.press(' ', ' ');
  await screen.shows('2 marked');
  screen.press(press(2, 40, rowOf(screen, '2026-11-21 08:00:00')));
  await screen.shows('With this row alone');
  screen.press(...'Verify the selected', '\r');
  await until(() => verified.length === 1);
  expect(verified).toEqual([{ kind: 'id', id: 'backup-0003' }]);
  await screen.shows('2 marked');
  screen.press(press(2, 40, rowOf(screen, '2026-11-21 11:00:00')));
  await screen.shows('With the 2 marked');
  screen.press(...'Verify the selected', '\r');
  await until(() => verified.length === 3);
  expect(verified.slice(1)).toEqual([
    { kind: 'id', id: 'backup-0000' },
    { kind: 'id', id: 'backup-0001' },
  ]);
});

test('the menu of a key is for the selected row alone where that is not one of the marked', async () => {
  await using screen = await openBackups();
  screen.press(' ', ' ', 'm');
  await screen.shows('With this row alone');
  screen.press(...'Verify the selected', '\r');
  await until(() => verified.length === 1);
  expect(verified).toEqual([{ kind: 'id', id: 'backup-0002' }]);
  screen.press('k', 'm');
  await screen.shows('With the 2 marked');
});
