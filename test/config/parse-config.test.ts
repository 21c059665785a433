import { expect, test } from 'vitest';
import { checkReferences } from '../../agent/config/check-references.ts';
import { editConfig } from '../../agent/config/edit-config.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';

const good = `{
  // The clinic.
  "application": { "id": "clinic", "name": "Clinic" },
  "sources": {
    "uploads": { "engine": "files", "path": "/srv/clinic/uploads" }, // photographs
  },
  "stores": { "local": { "kind": "local", "path": "/backup" } },
  "schedules": {}
}
`;

function problemsOf(text: string) {
  const parsed = parseConfig(text, [checkReferences]);
  return parsed.kind === 'valid' ? [] : parsed.problems;
}

test('a commented configuration with a trailing comma is valid', () => {
  expect(problemsOf(good)).toEqual([]);
});

test('a wrong key is named with its line', () => {
  const text = good.replace('"stores"', '"stroes": {}, "stores"');
  expect(problemsOf(text)).toEqual([
    { line: 7, column: 13, message: 'stroes: there is no such key here; is it misspelt?' },
  ]);
});

test('a missing key is reported where it should stand', () => {
  const [problem] = problemsOf(good.replace(', "path": "/srv/clinic/uploads"', ''));
  expect(problem).toMatchObject({
    line: 5,
    message: expect.stringContaining('sources.uploads.path'),
  });
});

test('text that is no JSON is reported with its place', () => {
  expect(problemsOf('{ "application": }')).toMatchObject([{ line: 1, column: 18 }]);
});

test('a destination inside a source is refused', () => {
  const [problem] = problemsOf(good.replace('"/backup"', '"/srv/clinic/uploads/backup"'));
  expect(problem?.message).toContain('lies inside source "uploads"');
});

test('a schedule to an unknown destination is refused', () => {
  const schedule = { full: { every: 'day', at: '02:00' }, store: 'usb', zone: 'UTC' };
  const [problem] = problemsOf(editConfig(good, ['schedules', 'nightly'], schedule));
  expect(problem?.message).toContain('no destination "usb"');
});

test('differentials and copies of a schedule go to destinations that are there', () => {
  const plain = { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' };
  const messages = (more: object) =>
    problemsOf(editConfig(good, ['schedules', 'nightly'], { ...plain, ...more })).map(
      ({ message }) => message,
    );
  const when = { every: 'hours', hours: 4 };
  expect(messages({ differential: { when, store: 'usb' }, copyTo: 'nas' })).toEqual([
    expect.stringContaining('no destination "usb"'),
    expect.stringContaining('no destination "nas"'),
  ]);
  expect(messages({ copyTo: 'local' })).toEqual([expect.stringContaining('already')]);
  expect(messages({ differential: { when, store: 'local' } })).toEqual([]);
});

test('an edit keeps comments and the order of everything else', () => {
  const schedule = { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' };
  const edited = editConfig(good, ['schedules', 'nightly'], schedule);
  expect(problemsOf(edited)).toEqual([]);
  expect(editConfig(edited, ['schedules', 'nightly'], undefined)).toContain('// photographs');
  expect(edited).toContain('// The clinic.');
});

test('a key given twice is refused with its place: JSON would take the last and say nothing', () => {
  const text = good.replace(
    '"schedules": {}',
    '"stores": { "usb": { "kind": "local", "path": "/usb", "path": "/usb2" } },\n  "schedules": {}',
  );
  expect(problemsOf(text)).toEqual([
    { line: 8, column: 3, message: 'stores: given twice, first on line 7' },
    { line: 8, column: 57, message: 'stores.usb.path: given twice, first on line 8' },
  ]);
});

test.each([
  ['{ "application": }', 'a value is missing here'],
  ['{ "application" 1 }', 'a ":" is missing here'],
  ['{ "a": 1 "b": 2 }', 'a "," is missing here'],
  ['{ "a": [1 }', 'a "]" is missing here'],
  ['{ "a": "b }', 'this text is not closed by a quotation mark'],
  ['{ a: 1 }', 'this is no JSON: is a quotation mark missing?'],
])('what is no JSON in %s is said in words', (text, words) => {
  expect(problemsOf(text).map(({ message }) => message)).toContain(words);
});

test('an unknown kind is told which there are', () => {
  const [problem] = problemsOf(good.replace('"engine": "files"', '"engine": "fiels"'));
  expect(problem?.message).toMatch(
    /^sources\.uploads\.engine: it has to be one of sqlite, files, /,
  );
});
