import { afterEach, beforeEach, expect, test } from 'vitest';
import { KedgeError } from '../../protocol/failures.ts';
import { backupPin } from '../../protocol/methods/backup.ts';
import { answerEverything, cannedBackups } from '../support/answer-everything.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const escapeKey = '\u001B';
const mark = ' ';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const click = (column: number, row: number): string =>
  `\u001B[<0;${column + 1};${row + 1}M\u001B[<0;${column + 1};${row + 1}m`;

/** Where a word stands on the screen. */
function placeOf(screen: TestWorkbench, word: string): readonly [column: number, row: number] {
  const row = screen.rows().findIndex((text) => text.includes(word));
  return [screen.rows()[row]?.indexOf(word) ?? -1, row];
}

const called = (method: string): readonly unknown[] =>
  fake.calls.filter((call) => call.method === method).map(({ params }) => params);

test('marked backups are verified together, and deleted when their number was typed', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press(mark, mark);
  await screen.shows('2 marked');
  screen.press('v');
  await until(() => called('backup.verify').length === 2);
  expect(called('backup.verify')).toMatchObject(
    cannedBackups.slice(0, 2).map(({ id }) => ({ backup: { id } })),
  );
  screen.press('d');
  await screen.shows('[ Delete 2 backups ]');
  await screen.shows('Type 2 to confirm:');
  await screen.shows('clinic 2026-11-21 10:00:00');
  screen.press('1\r');
  await screen.shows('The name is not complete');
  screen.press('\u007F2\r');
  await until(() => called('backup.delete').length === 2);
  screen.press(escapeKey);
  await until(() => !screen.text().includes('2 marked'));
});

test('the range from the last mark, and all of a list, are marked by one key', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press(mark, 'j', 'j', 'V');
  await screen.shows('4 marked');
  screen.press('*');
  await screen.shows('40 marked');
  screen.press('*', 'j');
  await until(() => !screen.text().includes('marked'));
});

test('by mouse: a title sorts, twice turns round, a third time as it was; the sign marks', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  const [column, row] = placeOf(screen, 'TIME');
  const first = (): string => screen.rows()[row + 1] ?? '';
  const newest = first();
  screen.press(click(column, row));
  await screen.shows('TIME↑');
  await until(() => first() !== newest);
  screen.press(click(column, row));
  await screen.shows('TIME↓');
  await until(() => first().slice(22) === newest.slice(22));
  screen.press(click(column, row));
  await until(() => !screen.text().includes('TIME↓'));
  screen.press(click(19, row + 2));
  await screen.shows('1 marked');
});

test('a filter holds for its list alone, also in the panel, and survives going elsewhere', async () => {
  fake.snapshot = {
    ...fake.snapshot,
    jobs: ['verify one', 'drill two', 'verify three'].map((title, n) =>
      cannedJob({ id: n, title }),
    ),
  };
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('6');
  await screen.shows('drill two');
  screen.press('/', 'job:verify', '\r');
  await screen.shows('2 of 3');
  screen.press('1', '6');
  await screen.shows('2 of 3');
  expect(screen.text()).toContain('drill two');
  screen.press('\u001B[17~', '/', 'drill', '\r');
  await screen.shows('1 of 3');
  screen.press(escapeKey);
  await until(() => !screen.text().includes('1 of 3'));
  await screen.shows('2 of 3');
});

test('columns are chosen in a list of their own and stay chosen', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press('|');
  await screen.shows('Columns: Enter shows or hides');
  screen.press('asked\r');
  await screen.shows('ASKED BY');
  screen.press('where\r', escapeKey);
  await until(() => !/CHECK.*WHERE/.test(screen.text()));
  expect(screen.running.ui().lists['back-up.list']?.turned).toEqual(['origin', 'where']);
});

test('of marked rows the ids, paths and command lines are copied, one a line', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press(mark, mark, 'Y');
  await screen.shows('Copy of 2 marked rows');
  screen.press('as command: verify\r');
  await until(() => screen.copied.length === 1);
  expect(screen.copied).toEqual([
    'kedge backup verify backup-0000\nkedge backup verify backup-0001',
  ]);
});

test('what a dialog asks about can be copied as command instead, without the name typed', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press('d');
  await screen.shows('to confirm:');
  screen.press('\t', '\t', '\r');
  await until(() => screen.copied.length === 1);
  expect(screen.copied).toEqual(['kedge backup delete backup-0000']);
  expect(called('backup.delete')).toEqual([]);
});

test('a row that was clicked stays the selected one when another comes above it', async () => {
  const job = (id: number) => cannedJob({ id, title: `verify ${id}` });
  fake.snapshot = { ...fake.snapshot, jobs: [job(9), job(8)] };
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  await screen.shows('verify 8');
  screen.press(click(...placeOf(screen, 'verify 8')));
  await until(() => screen.running.ui().part === 'panel');
  const place = Object.values(screen.running.ui().places).at(-1);
  expect(place).toMatchObject({ key: '8' });
});

test('what is chosen from stays selected when another comes above it', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.running.bench.run({ command: 'backup.verify' });
  await screen.shows('Verify a backup');
  screen.press('\u001B[B', '\u001B[B');
  const [newest] = cannedBackups;
  if (newest === undefined) throw new Error('no backup');
  screen.running.bench.session.store.update((state) => ({
    ...state,
    backups: {
      ...state.backups,
      items: [{ ...newest, id: 'newer', path: '/b/newer_full.tar.zst' }, ...state.backups.items],
    },
  }));
  await screen.shows('newer_full');
  screen.press('\r');
  await until(() => called('backup.verify').length === 1);
  expect(called('backup.verify')).toMatchObject([{ backup: { id: cannedBackups[2]?.id } }]);
});

test('where all that changes something asks, it also asks for marked rows', async () => {
  const settings = { confirmations: 'always' } as const;
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, settings });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press(mark, mark, 'p');
  await screen.shows('[ Pin 2 backups ]');
  expect(called('backup.pin')).toEqual([]);
  screen.press('\t', '\t', '\r');
  await until(() => called('backup.pin').length === 2);
});

test('why one of several was refused can be read where it is too long for a line', async () => {
  const why =
    'it is the base of a differential that stays, and of two more that were made after it';
  fake.answer(backupPin, ({ backup }) => {
    const [first] = cannedBackups;
    const isFirst = backup.kind === 'id' && backup.id === first?.id;
    if (first === undefined || isFirst) throw new KedgeError('unavailable', { what: 'it', why });
    return { backup: first };
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('Back up now');
  screen.press(mark, mark, 'p');
  await screen.shows('1 of 2 was refused:');
  await screen.shows('─ Pin 2 backups ─');
  await screen.shows('made after it');
});
