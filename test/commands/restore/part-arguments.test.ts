import { expect, test } from 'vitest';
import { askedParts } from '../../../tui/commands/restore/part-arguments.ts';

const rowsOf = (...row: string[]) => askedParts({ row }).parts;

test('rows of one table go together, by a number, a text or JSON', () => {
  expect(rowsOf('db.visit=7', 'db.visit=[7,"a"]', 'db.patient=x=y')).toEqual([
    { source: 'db', tables: [{ table: 'visit', keys: [[7], [7, 'a']] }] },
    { source: 'db', tables: [{ table: 'patient', keys: [['x=y']] }] },
  ]);
});

test('a table whose name has a sign of the form in it stands in quotation marks', () => {
  expect(rowsOf('db."a=b"=7', 'db."say ""c"".d"=x')).toEqual([
    { source: 'db', tables: [{ table: 'a=b', keys: [[7]] }] },
    { source: 'db', tables: [{ table: 'say "c".d', keys: [['x']] }] },
  ]);
});

test('a row without a key is refused', () => {
  expect(() => rowsOf('db.visit')).toThrow(/is not SOURCE\.TABLE=KEY/);
});

test('tables come beside the live ones where that is asked for, and nothing else does', () => {
  expect(askedParts({ table: ['db.visit'], beside: true })).toEqual({
    mode: { kind: 'beside' },
    parts: [{ source: 'db', tables: [{ table: 'visit' }] }],
  });
  expect(() => askedParts({ only: ['db'], beside: true })).toThrow(/name tables/);
  const both = { table: ['db.visit'], beside: true };
  expect(() => askedParts({ ...both, elsewhere: '/x' })).toThrow(/not both/);
  expect(() => askedParts({ ...both, 'keep-newer': true })).toThrow(/leave out/);
});
