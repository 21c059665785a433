import { expect, test } from 'vitest';
import { fields, pageNote, table } from '../../tui/commands/table.ts';

test('columns are aligned, and no line ends in blanks', () => {
  const lines = table(
    [{ title: 'NAME' }, { title: 'SIZE', align: 'right' }, { title: 'NOTE' }],
    [
      ['a', '1 B', ''],
      ['long name', '10 KiB', 'x'],
    ],
  );
  expect(lines).toEqual(['NAME         SIZE  NOTE', 'a             1 B', 'long name  10 KiB  x']);
});

test('values stand in one column and what is not known is left out', () => {
  expect(
    fields([
      ['Size', '1 B'],
      ['SHA-256', undefined],
      ['Outcome', 'complete'],
    ]),
  ).toEqual(['Size     1 B', 'Outcome  complete']);
});

test('a page says that there is more, and is silent when there is not', () => {
  expect(pageNote(0, 50, 60)).toEqual(['50 of 60; more with --offset.']);
  expect(pageNote(50, 10, 60)).toEqual([]);
});
