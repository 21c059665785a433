import { expect, test } from 'vitest';
import { evaluateWhen, keysOf, parseWhen } from '../../tui/store/when.ts';

const keys = { connected: true, demo: false, screen: 'restore', count: 3 };

test.each([
  ['connected', true],
  ['!connected', false],
  ['demo', false],
  ['nobodySetsThis', false],
  ['screen == restore', true],
  ["screen == 'restore'", true],
  ['screen != restore', false],
  ['count == 3', true],
  ['connected && demo', false],
  ['connected && !demo && screen == restore', true],
  ['demo || connected', true],
  ['demo && demo || connected', true],
  ['connected && (demo', undefined],
])('"%s" is %s', (text, expected) => {
  if (expected === undefined) expect(() => parseWhen(text)).toThrow('not a condition');
  else expect(evaluateWhen(parseWhen(text), keys)).toBe(expected);
});

test('the keys that a condition asks are known', () => {
  expect(keysOf(parseWhen('a && !b || c == d'))).toEqual(['a', 'b', 'c']);
});
