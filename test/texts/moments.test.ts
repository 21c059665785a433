import { afterEach, expect, test } from 'vitest';
import { wordMoment, wordMomentFully } from '../../tui/texts/moment.ts';
import { speak } from '../../tui/texts/speak.ts';

const noon = new Date(2026, 10, 22, 12, 5).getTime();

afterEach(() => speak('en'));

test('Persian says the Solar Hijri date, and the Gregorian one beside it where there is room', async () => {
  await speak('fa');
  expect(wordMoment(noon)).toBe('۱۴۰۵/۰۹/۰۱ ۱۲:۰۵');
  expect(wordMomentFully(noon)).toBe('۱۴۰۵/۰۹/۰۱ ۱۲:۰۵ (2026-11-22)');
});

test.each(['en', 'de'] as const)('%s has one calendar, and says a date once', async (language) => {
  await speak(language);
  expect(wordMomentFully(noon)).toBe(wordMoment(noon));
});
