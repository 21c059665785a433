import { gregorianCalendar } from '../calendar.ts';
import type { Formats } from '../formats.ts';

export const germanFormats: Formats = {
  locale: 'de-DE',
  number: (value, digits) => value.toFixed(digits).replace('.', ','),
  count: (value) => value.toLocaleString('de-DE'),
  bytes: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  comma: ', ',
  perSecond: (amount) => `${amount}/s`,
  units: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  now: 'jetzt',
  justNow: 'gerade eben',
  ago: (span) => `vor ${span}`,
  ahead: (span) => `in ${span}`,
  weekdays: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  weekStartsOn: 1,
  calendar: gregorianCalendar,
  date: (at) => `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()}`,
  month: (at) => at.toLocaleString('de-DE', { month: 'long', year: 'numeric' }),
  day: (at) => at.toLocaleString('de-DE', { weekday: 'long', day: 'numeric', month: 'long' }),
  clock: (at) => `${two(at.getHours())}:${two(at.getMinutes())}`,
  seconds: (at) => two(at.getSeconds()),
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}
