import { expect, test } from 'vitest';
import { evaluateWhen, keysOf, parseWhen } from '../../tui/store/when.ts';

const keys = {
  connected: true,
  demo: false,
  screen: 'restore',
  count: 3,
  open: ['restore', 'jobs'],
  name: 'the "one"',
};

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
  ['demo && (demo || connected)', false],
  ['!(demo || !connected)', true],
  ['!!connected', true],
  ['true && !false', true],
  ['screen =~ /^rest/', true],
  ['screen =~ /^REST/', false],
  ['screen =~ /^REST/gi && connected', true],
  ['nobodySetsThis =~ /./', false],
  ['screen in open', true],
  ['screen not in open', false],
  ['demo in open', false],
  ['screen in nobodySetsThis', false],
  ['count < 4 && count <= 3 && count > 2 && count >= 3', true],
  ['count<3||count>3', false],
  ['nobodySetsThis < 3', false],
  [`name == 'the "one"'`, true],
  ["nobodySetsThis == ''", true],
  ['connected && (demo', undefined],
  ['connected &&', undefined],
  ['', undefined],
  ['connected demo', undefined],
  ['count < many', undefined],
  ['screen =~ rest', undefined],
  ['screen =~ /(/', undefined],
  ['screen in', undefined],
  ['screen = restore', undefined],
  ['(connected))', undefined],
])('"%s" is %s', (text, expected) => {
  if (expected === undefined) expect(() => parseWhen(text)).toThrow('not a condition');
  else expect(evaluateWhen(parseWhen(text), keys)).toBe(expected);
});

test('the keys that a condition asks are known', () => {
  const when = 'a && !b || c == d || (e in f && g < 1 && h =~ /x/) || true';
  expect(keysOf(parseWhen(when))).toEqual(['a', 'b', 'c', 'e', 'f', 'g', 'h']);
});
