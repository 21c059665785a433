import { expect, test } from 'vitest';
import { readKey } from '../../tui/keys/arriving-key.ts';

test.each([
  ['ctrl+k ctrl+s', 'ctrl+k ctrl+s'],
  ['Ctrl+PageUp', 'ctrl+pageup'],
  ['escape', 'esc'],
  ['shift+r', 'R'],
  ['R', 'R'],
  ['alt+1', 'alt+1'],
  ['+', '+'],
  ['alt++', 'alt++'],
  ['?', '?'],
  ['shift+f6', 'shift+f6'],
  ['shift+tab', 'shift+tab'],
  ['ctrl+space', 'ctrl+space'],
  ['ctrl+\\', 'ctrl+\\'],
  ['alt+enter', 'alt+enter'],
  ['ü', 'ü'],
])('"%s" is the key %s', (written, key) => {
  expect(readKey(written)).toEqual({ kind: 'key', key });
});

test('Shift with Ctrl and a letter is taken, with a word that few terminals send it', () => {
  expect(readKey('ctrl+shift+p')).toMatchObject({
    key: 'ctrl+shift+p',
    note: expect.stringContaining('arrives only from terminals'),
  });
});

test.each([
  ['ctrl+tab', '"ctrl+tab" never arrives'],
  ['ctrl+enter', '"ctrl+enter" never arrives'],
  ['ctrl+1', '"ctrl+1" never arrives'],
  ['ctrl+,', '"ctrl+," never arrives'],
  ['shift+space', '"shift+space" never arrives'],
  ['shift+enter', '"shift+enter" never arrives'],
  ['ctrl+i', '"ctrl+i" arrives as Tab'],
  ['ctrl+[', '"ctrl+[" arrives as Esc'],
  ['cmd+s', '"cmd" is kept by the system'],
  ['hyper+s', '"hyper+s" is no key'],
  ['ctrl+banana', '"ctrl+banana" is no key'],
  ['shift+1', 'write the sign that Shift makes'],
  ['a b c', 'a chord has two keys'],
  [' ', 'the rule names no key'],
])('"%s" is refused: %s', (written, problem) => {
  expect(readKey(written)).toEqual({ kind: 'problem', problem: expect.stringContaining(problem) });
});
