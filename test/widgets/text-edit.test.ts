import { expect, test } from 'vitest';
import { editText, insertText, textState } from '../../tui/widgets/text-edit.ts';

const at = (text: string, caret: number) => ({ text, caret });

test.each([
  ['left', at('ab', 2), at('ab', 1)],
  ['right', at('ab', 2), at('ab', 2)],
  ['home', at('ab', 2), at('ab', 0)],
  ['end', at('ab', 0), at('ab', 2)],
  ['backspace', at('a😀', 3), at('a', 1)],
  ['backspace', at('ab', 0), at('ab', 0)],
  ['delete', at('ab', 0), at('b', 0)],
  ['ctrl+w', at('/mnt/usb disk', 13), at('/mnt/usb ', 9)],
  ['ctrl+w', at('/mnt/usb', 8), at('/mnt/', 5)],
  ['ctrl+u', at('abc', 2), at('c', 0)],
  ['ctrl+left', at('one two', 7), at('one two', 4)],
  ['ctrl+right', at('one two', 0), at('one two', 3)],
])('%s on %o gives %o', (key, before, after) => {
  expect(editText(before, key)).toEqual(after);
});

test('a key that prints is put in at the caret', () => {
  expect(editText(at('ac', 1), 'b', 'b')).toEqual(at('abc', 2));
});

test('a key that means nothing here is left to others', () => {
  expect(editText(textState('a'), 'f5')).toBeUndefined();
});

test('pasted line ends become blanks, control characters go', () => {
  expect(insertText(textState('a'), ' b\r\nc\u001B[2J')).toEqual(textState('a b c[2J'));
});
