import { expect, test } from 'vitest';
import { liveWords } from '../../tui/texts/live-words.ts';

test('a part that was kept says what the words of the moment say, lists and patterns too', () => {
  const one = { screen: { title: 'one', rows: ['a'], yes: /^y$/ } };
  const two = { screen: { title: 'two', rows: ['b', 'c'], yes: /^j$/ } };
  let spoken = one;
  const kept = liveWords(one, () => spoken).screen;
  expect([kept.title, kept.rows, kept.yes.test('y')]).toEqual(['one', ['a'], true]);
  spoken = two;
  expect([kept.title, kept.rows, kept.yes.test('y')]).toEqual(['two', ['b', 'c'], false]);
  spoken = one;
  expect(kept.title).toBe('one');
});
