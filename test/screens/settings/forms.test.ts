import { describe, expect, test } from 'vitest';
import { entryText, readEntry } from '../../../tui/screens/settings/forms/form-entry.ts';
import { formRows } from '../../../tui/screens/settings/forms/form-rows.ts';
import { Schema } from '../../../tui/screens/settings/forms/schema.ts';

const schema = Schema.parse({
  type: 'object',
  required: ['name', 'sources'],
  properties: {
    $schema: { type: 'string' },
    name: { type: 'string', title: 'Name', description: 'what it is called' },
    undo: {
      type: 'object',
      properties: { keepDays: { type: 'number', minimum: 1, maximum: 365 } },
    },
    sources: {
      type: 'object',
      additionalProperties: {
        oneOf: [
          {
            type: 'object',
            required: ['engine', 'path'],
            properties: { engine: { const: 'files' }, path: { type: 'string', title: 'Folder' } },
          },
          {
            type: 'object',
            required: ['engine', 'file'],
            properties: {
              engine: { const: 'sqlite' },
              file: { type: 'string' },
              quiesce: { enum: ['none', 'stop'] },
            },
          },
        ],
      },
    },
    alarm: {
      anyOf: [{ type: 'string' }, { type: 'object', properties: { env: { type: 'string' } } }],
    },
    mounted: { type: 'boolean', default: false },
    without: { type: 'array', items: { type: 'string' } },
  },
});

const value = {
  name: 'Clinic',
  sources: { db: { engine: 'sqlite', file: '/srv/db' } },
  alarm: { env: 'SECRET' },
};

describe('a form', () => {
  test('has a row for each value that may be set, and one for each entry with a name of its own', () => {
    const rows = formRows(schema, value).map(
      ({ id, group, title, entry, value: now, required }) => [
        id,
        group,
        title,
        entry.kind,
        now,
        required,
      ],
    );
    expect(rows).toEqual([
      ['name', '', 'Name', 'text', 'Clinic', true],
      ['undo.keepDays', 'undo', 'Keep days', 'number', undefined, false],
      ['sources.db', 'sources', 'db', 'part', value.sources.db, false],
      ['sources.+', 'sources', '+', 'add', undefined, false],
      ['alarm', '', 'Alarm', 'forms', value.alarm, false],
      ['mounted', '', 'Mounted', 'choice', undefined, false],
      ['without', '', 'Without', 'list', undefined, false],
    ]);
  });

  test.each([
    ['number', '14', 14],
    ['number', '', undefined],
    ['list', 'a, b ,,c', ['a', 'b', 'c']],
    ['list', '"a, b", "say ""c""", sh -c', ['a, b', 'say "c"', 'sh -c']],
    ['text', ' a b ', 'a b'],
    ['json', '{"a":1}', { a: 1 }],
  ] as const)('reads a %s from "%s"', (kind, text, read) => {
    expect(readEntry(text, { kind })).toEqual({ kind: 'value', value: read });
  });

  test('says what is no number and no JSON, and shows what it would read', () => {
    expect(readEntry('many', { kind: 'number' })).toEqual({ kind: 'not-a-number' });
    expect(readEntry('۱۲', { kind: 'number' })).toEqual({ kind: 'value', value: 12 });
    expect(readEntry('{', { kind: 'json' })).toEqual({ kind: 'not-json' });
    expect(entryText(['a', 'b'], { kind: 'list' })).toBe('a, b');
    expect(entryText({ a: 1 }, { kind: 'json' })).toBe('{"a":1}');
  });
});
