import { gregorianCalendar } from '../calendar.ts';
import type { Formats } from '../formats.ts';

/** Numbers and times as the command line prints them too, so that scripts can count on their form. */
export const englishFormats: Formats = {
  locale: 'en-GB',
  number: (value, digits) => value.toFixed(digits),
  count: (value) => value.toLocaleString('en-US'),
  bytes: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  comma: ', ',
  perSecond: (amount) => `${amount}/s`,
  units: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  now: 'now',
  justNow: 'just now',
  ago: (span) => `${span} ago`,
  ahead: (span) => `in ${span}`,
  weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  weekStartsOn: 1,
  calendar: gregorianCalendar,
  date: (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  month: (at) => at.toLocaleString('en-GB', { month: 'long', year: 'numeric' }),
  day: (at) => at.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
  clock: (at) => `${two(at.getHours())}:${two(at.getMinutes())}`,
  seconds: (at) => two(at.getSeconds()),
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}
