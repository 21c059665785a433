import { describe, expect, it } from 'vitest';
import { checkRecurrence } from '../../agent/schedule/check-recurrence.ts';
import { KedgeError } from '../../protocol/failures.ts';

function faultOf(cron: string, zone = 'UTC'): string {
  try {
    checkRecurrence({ every: 'cron', cron }, zone);
    return 'taken';
  } catch (error) {
    if (error instanceof KedgeError && error.failure.code === 'bad-argument') return error.message;
    throw error;
  }
}

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '0 2 * * *',
    '*/2 * * * *',
    '0,15,30-45/5 8-18/2 1,15 jan-mar,dec mon-fri',
    '0 0 * * 7',
    '0 0 * * 5-7',
    '0 0 29 2 *',
    '0 0 31 4 1',
    ' 0  2 * * SUN ',
    '59 23 31 12 6',
    '*/59 */23 */30 */11 */6',
    '0 2 L * *',
    '0 2 15,l 2 *',
    '0 2 * * 5L,sunL',
    '@daily',
    ' @Hourly ',
    '@weekly',
    '@monthly',
    '@yearly',
  ])('"%s" is taken', (cron) => {
    expect(faultOf(cron)).toBe('taken');
  });

  it.each([
    ['* * * *', 'it has 4 fields, not five'],
    ['0 0 2 * * *', 'it has 6 fields, not five'],
    ['', 'it has 0 fields'],
    ['@reboot', 'it knows the names @hourly, @daily, @weekly, @monthly, @yearly and no other'],
    ['*/60 * * * *', 'minute "*/60": the step 60 is larger than its range'],
    ['0 1/24 * * *', 'hour "1/24": a step needs "*" or a range before it, such as 0-23/24'],
    ['0 1/2 * * *', 'hour "1/2": a step needs'],
    ['0 */24 * * *', 'hour "*/24": the step 24 is larger'],
    ['*/0 * * * *', 'minute "*/0": the step "0" is not a number from 1'],
    ['*/ * * * *', 'the step "" is not'],
    ['0 2 ? * *', 'day of the month "?": "?" is not a day of the month'],
    ['0 2 L-3 * *', 'day of the month "L-3": "L" is not a day of the month'],
    [
      '0 2 15W * *',
      '"15W" is not a day of the month ("W", the nearest workday, is not known here)',
    ],
    ['0 2 * * L', 'weekday "L": "L" needs a weekday before it, such as 5L'],
    ['0 2 * * 9L', '9 is not between 0 and 7'],
    ['0 L * * *', 'hour "L": "L" is not a hour'],
    ['0 2 * * 5#2', '"5#2" is not a weekday'],
    ['H 2 * * *', '"H" is not a minute'],
    ['60 * * * *', '60 is not between 0 and 59'],
    ['0 24 * * *', '24 is not between 0 and 23'],
    ['0 0 0 * *', '0 is not between 1 and 31'],
    ['0 0 * 13 *', '13 is not between 1 and 12'],
    ['0 0 * * 8', '8 is not between 0 and 7'],
    ['0 0 * * fri-mon', 'weekday "fri-mon": the range "fri-mon" runs backwards'],
    ['1-2-3 * * * *', '"1-2-3" is not a range'],
    ['1,,2 * * * *', '"" is not a minute'],
    ['-5 * * * *', '"" is not a minute'],
    ['1.5 * * * *', '"1.5" is not a minute'],
    ['*,5 * * * *', '"*" takes all and stands alone'],
    ['0 0 * january *', '"january" is not a month'],
    ['mon * * * *', '"mon" is not a minute'],
    ['1/2/3 * * * *', 'a step needs'],
    ['*/2/3 * * * *', 'the step "2/3" is not'],
    ['0 0 30 2 *', 'none of its months has a day 30'],
    ['0 0 31 4,6,9,11 *', 'none of its months has a day 31'],
  ])('"%s" is refused with the place of the fault and an example', (cron, words) => {
    expect(faultOf(cron)).toContain(words);
    expect(faultOf(cron)).toContain('Example: "0 2 * * 1-5" is 02:00 from Monday to Friday');
  });
});

it('an unknown time zone is refused by name', () => {
  expect(faultOf('0 2 * * *', 'Europe/Berln')).toContain('time zone "Europe/Berln"');
  expect(faultOf('0 2 * * *', '')).toContain('Example: "Europe/Berlin"');
});
