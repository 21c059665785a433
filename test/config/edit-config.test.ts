import * as fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { applyChanges, editConfig } from '../../agent/config/edit-config.ts';
import { changesBetween } from '../../protocol/domain/config-change.ts';

const text = `// Ours.
{
  "application": { "id": "clinic", "name": "Clinic" }, // as on the door
  "sources": {
    // The records.
    "db": { "engine": "sqlite", "path": "/srv/db" }, // nightly job reads it too

    /* Photographs,
     * and nothing else. */
    "uploads": {
      "engine": "files",
      "path": "/srv/up", // on the large disk
      "exclude": [
        "*.tmp", // half written
        "cache/"
      ]
    },
    // Last.
    "etc": { "engine": "settings", "paths": ["/etc/a", "/etc/b"] } // two
  },
  // Where to.
  "stores": {}
}
`;

test('what is removed takes its own comments along, and no others', () => {
  expect(editConfig(text, ['sources', 'uploads'], undefined)).toBe(
    text.replace(/ {4}\/\* Photographs[\s\S]*? {4}\},\n/, ''),
  );
  expect(editConfig(text, ['sources', 'db'], undefined)).toBe(
    text.replace(/ {4}\/\/ The records\.\n.*\n/, ''),
  );
  expect(editConfig(text, ['sources', 'etc'], undefined)).toBe(
    text.replace(/ {4}\/\/ Last\.\n.*\n/, '').replace('    },\n  },', '    }\n  },'),
  );
  expect(editConfig(text, ['application', 'id'], undefined)).toBe(
    text.replace('"id": "clinic", ', ''),
  );
  expect(editConfig(text, ['application', 'name'], undefined)).toBe(
    text.replace(', "name": "Clinic"', ''),
  );
});

test('what is new stands behind the last one and what is said of it', () => {
  const etc = '    "etc": { "engine": "settings", "paths": ["/etc/a", "/etc/b"] }';
  const path = ['sources', 'more'];
  expect(editConfig(text, path, { engine: 'files', path: '/srv/more' })).toBe(
    text.replace(
      `${etc} // two\n`,
      `${etc}, // two\n    "more": { "engine": "files", "path": "/srv/more" }\n`,
    ),
  );
  expect(editConfig(text, ['application', 'version'], '4')).toBe(
    text.replace('"Clinic" }', '"Clinic", "version": "4" }'),
  );
  expect(editConfig(text, ['stores', 'local', 'path'], '/backup')).toBe(
    text.replace('"stores": {}', '"stores": {\n    "local": { "path": "/backup" }\n  }'),
  );
});

test('commas and rulers in comments are no commas, and take no time', () => {
  const text = `{ "a": {
    "b": 1 // one, two
    /* three, */ ${'/'.repeat(34)}
  } }`;
  const added = editConfig(text, ['a', 'c'], 2);
  expect(added).toContain('"b": 1, // one, two');
  expect(parse(added)).toEqual({ a: { b: 1, c: 2 } });
  const began = performance.now();
  editConfig(text.replace('/'.repeat(34), '/'.repeat(70)), ['a', 'c'], 2);
  expect(performance.now() - began).toBeLessThan(1000);
});

test('of a whole entry only what differs is touched', () => {
  const uploads = { engine: 'files', path: '/srv/new', exclude: ['*.bak', '*.tmp', 'cache/'] };
  expect(editConfig(text, ['sources', 'uploads'], uploads)).toBe(
    text
      .replace('"/srv/up", // on', '"/srv/new", // on')
      .replace('        "*.tmp"', '        "*.bak",\n        "*.tmp"'),
  );
});

test('a key gets another name where it stands', () => {
  const changes = [{ kind: 'rename', path: ['sources', 'uploads'], to: 'pictures' } as const];
  expect(applyChanges(text, changes)).toBe(text.replace('"uploads"', '"pictures"'));
});

test('ends of lines stay those of the file', () => {
  const windows = text.replaceAll('\n', '\r\n');
  const edited = editConfig(windows, ['sources', 'more'], { engine: 'files', path: '/srv/more' });
  expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
  expect(editConfig(edited, ['sources', 'more'], undefined)).toBe(windows);
});

const value = fc.letrec<{ one: unknown }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(1, true, 'a, b', null, ''),
    fc.array(tie('one'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c d', 'é'), tie('one'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).one;

test('whatever a value was and is to be, the changes between them lead there and leave the comments around', () => {
  void fc.assert(
    fc.property(value, value, fc.boolean(), (before, after, flat) => {
      const printed = JSON.stringify(before, null, flat ? 0 : 2);
      const file = `{\n  // above\n  "x": 1, // behind\n  "y": ${printed}, // of y\n  /* below */ "z": [] // end\n}\n`;
      const edited = applyChanges(file, changesBetween(before, after, ['y']));
      const errors: ParseError[] = [];
      expect(parse(edited, errors)).toEqual({ x: 1, y: after, z: [] });
      expect(errors).toEqual([]);
      for (const said of ['// above', '// behind', '// of y', '/* below */', '// end']) {
        expect(edited).toContain(said);
      }
    }),
    { numRuns: 500 },
  );
});
