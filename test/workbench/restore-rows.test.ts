import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeyValue } from '../../protocol/domain/restore-order.ts';
import { backupRows } from '../../protocol/methods/rows.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const table = { table: 'patients', rows: 6_000, columns: ['id', 'name'], key: ['id'] };
const names = ['Ada', 'Bo', 'Cleo'];

function rowOf(key: readonly KeyValue[], name: string) {
  const cells = [String(key[0]), name].map((text) => ({ kind: 'text' as const, text }));
  return { key, cells };
}

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.answer(backupRows, ({ search, after }) => {
    const from = Number(after?.[0] ?? 0);
    const found = names.map((name, at) => rowOf([from + at + 1], `${name} ${search ?? ''}`));
    return { kind: 'rows' as const, table, page: { rows: found, next: [from + 3] } };
  });
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [enter, esc, up, down, backTab] = ['\r', '\u001B', '\u001B[A', '\u001B[B', '\u001B[Z'];
const planned = () => fake.calls.filter(({ method }) => method === 'restore.plan');
const asked = () => fake.calls.filter(({ method }) => method === 'backup.rows');
const size = { columns: 80, rows: 24 };

async function openRows() {
  const screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('Since then');
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(enter);
  await screen.shows('patients ');
  screen.press(enter);
  await screen.shows('Cleo');
  return screen;
}

async function secondPlan() {
  await until(() => planned().length === 2);
  return planned()[1]?.params;
}

test('rows are marked on two pages, and the plan is made for these', async () => {
  await using screen = await openRows();
  await screen.shows('database.patients  6,000 rows');
  screen.press(enter);
  await screen.shows('Space marks rows');
  screen.press(down, ' ');
  await screen.shows('[x]  2     Bo');
  await screen.shows('> [ ]  3');
  screen.press(down, enter);
  await until(() => asked().length === 2);
  await screen.shows('[ ]  6');
  screen.press(down, ' ', ' ', ' ');
  await screen.shows('2 marked');
  screen.press(enter);
  expect(await secondPlan()).toMatchObject({
    parts: [{ source: 'database', tables: [{ table: 'patients', keys: [[2], [5]] }] }],
  });
});

test('a search is typed, and what was marked before stays marked', async () => {
  await using screen = await openRows();
  screen.press(' ');
  await screen.shows('1 marked');
  screen.press(backTab, ...'dam', enter);
  await screen.shows('Cleo dam');
  expect(asked().at(-1)?.params).toMatchObject({ search: 'dam', table: 'patients' });
  await screen.shows('[x]  1     Ada dam');
  await screen.shows('[ Plan for 1 row ]');
  screen.press(esc);
  await screen.shows('rooms');
});

test('all of the table is one of the buttons', async () => {
  await using screen = await openRows();
  screen.press('\t', '\t', enter);
  expect(await secondPlan()).toMatchObject({
    parts: [{ source: 'database', tables: [{ table: 'patients' }] }],
  });
});

test('a key that would not be safe to print comes back exactly', async () => {
  const key = ['a\n\u202e"é', { int: '9007199254740993' }, null];
  fake.answer(backupRows, () => ({
    kind: 'rows' as const,
    table: { ...table, key: ['a', 'b', 'c'] },
    page: { rows: [rowOf(key, 'Cleo'), { cells: [null, null] }] },
  }));
  await using screen = await openRows();
  screen.press(down, ' ');
  await screen.shows('This row has no key');
  screen.press(up, ' ');
  await screen.shows('1 marked');
  screen.press(enter);
  expect(await secondPlan()).toMatchObject({ parts: [{ tables: [{ keys: [key] }] }] });
});

test('while the database is unpacked the screen says so, and then why it could not be', async () => {
  const held = Promise.withResolvers<never>();
  fake.answer(backupRows, () => held.promise);
  const screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('Since then');
  screen.press(backTab, enter);
  await screen.shows('Sources in this backup');
  screen.press(enter);
  await screen.shows('patients ');
  screen.press(enter);
  await screen.shows('Unpacking the database of this backup');
  held.reject(new Error('the disk is gone'));
  await screen.shows('the disk is gone');
  await screen[Symbol.asyncDispose]();
});
