import { expect, test } from 'vitest';
import { checkReferences } from '../../agent/config/check-references.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';

const good = {
  command: ['/srv/host', '--database', '{database}', '--port', '{port}'],
  ready: { kind: 'http', url: 'http://127.0.0.1:{port}/health' },
};

function faultsOf(drill: object): readonly string[] {
  const text = JSON.stringify({
    application: { id: 'shop', name: 'Shop' },
    sources: {
      database: { engine: 'sqlite', path: '/srv/shop.db' },
      uploads: { engine: 'files', path: '/srv/uploads' },
    },
    stores: {},
    drill,
  });
  const parsed = parseConfig(text, [checkReferences]);
  return parsed.kind === 'valid' ? [] : parsed.problems.map(({ message }) => message);
}

test('a probe that names a copy and a port is taken', () => {
  expect(faultsOf({ scratch: '/mnt/big', probe: good })).toEqual([]);
  const byEnvironment = {
    ...good,
    command: ['/srv/host'],
    environment: { DATABASE: '{database}', PORT: '{port}' },
  };
  expect(faultsOf({ probe: byEnvironment })).toEqual([]);
});

test.each([
  [{ command: ['/srv/host', '{port}'] }, /would not run on the copy/],
  [{ command: ['/srv/host', '{database}'] }, /\{port\} is missing/],
  [{ command: ['host', '{database}', '{port}'] }, /absolute path/],
  [{ command: ['/srv/host', '{database}', '{port}', '{db}'] }, /\{db\} is neither/],
  [{ ready: { kind: 'http', url: 'http://127.0.0.1:80/' } }, /the live application could answer/],
])('a probe that would run on live data, or hear it, is refused: %j', (change, words) => {
  expect(faultsOf({ probe: { ...good, ...change } }).join()).toMatch(words);
});

test('scratch inside a folder that is backed up is refused', () => {
  expect(faultsOf({ scratch: '/srv/uploads/scratch' }).join()).toMatch(/inside source "uploads"/);
});
