import { describe, expect, test } from 'vitest';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { blackoutFrom, blackoutWords } from '../../../tui/commands/schedule/blackout-text.ts';
import { keepFrom, keepWords } from '../../../tui/commands/schedule/keep-text.ts';

function complaint(read: () => unknown): string {
  try {
    return `no fault: ${JSON.stringify(read())}`;
  } catch (error) {
    return wordFailure(failureOf(error)).message;
  }
}

describe('what to keep', () => {
  test('is typed as words with numbers and said back the same way, in one order', () => {
    const keep = keepFrom('Monthly 12, last 3,daily  7');
    expect(keep).toEqual({ last: 3, daily: 7, monthly: 12 });
    expect(keepWords(keep ?? {})).toBe('last 3, daily 7, monthly 12');
    expect(keepFrom('  ')).toBeUndefined();
  });

  test.each([
    ['hourly 3', '"hourly 3"'],
    ['daily', '"daily"'],
    ['daily 0', '"daily 0"'],
    ['daily 3, daily 4', 'twice'],
    ['yearly 99', '"yearly" is too large'],
  ])('%s is refused, and how it should look is said', (text, fault) => {
    expect(complaint(() => keepFrom(text))).toContain(fault);
    expect(complaint(() => keepFrom(text))).toContain('Example: "last 3, daily 7, weekly 4"');
  });
});

describe('hours in which nothing begins', () => {
  test.each([
    ['22:00-6:00', '22:00-06:00'],
    ['08:00-18:00 monday-fri, 1:30-2:00 SAT sun', '08:00-18:00 mon-fri, 01:30-02:00 sat sun'],
    ['00:00-05:00 fri-mon', '00:00-05:00 fri-mon'],
    ['', ''],
  ])('%s is read and said back as %s', (typed, said) => {
    expect(blackoutWords(blackoutFrom(typed))).toBe(said);
  });

  test.each(['25:00-26:00', 'at night', '08:00-18:00 someday', '08:00-18:00 mon-tue-wed', '8-18'])(
    '%s is refused with an example',
    (text) => {
      expect(complaint(() => blackoutFrom(text))).toMatch(
        /is no (span of time|span of days|day of the week)\. Example: "22:00-06:00, /,
      );
    },
  );
});
