import type { Formats } from '../formats.ts';

/** Persian digits, and dates of the Solar Hijri calendar. */
export const persianFormats: Formats = {
  locale: 'fa-IR',
  number: (value, digits) =>
    value.toLocaleString('fa-IR', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    }),
  count: (value) => value.toLocaleString('fa-IR'),
  bytes: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  perSecond: (amount) => `${amount}/s`,
  units: { second: 'ثانیه', minute: 'دقیقه', hour: 'ساعت', day: 'روز' },
  now: 'اکنون',
  justNow: 'هم‌اکنون',
  ago: (span) => `${span} پیش`,
  ahead: (span) => `${span} دیگر`,
  weekdays: ['یکش', 'دوش', 'سه‌ش', 'چهش', 'پنش', 'جمعه', 'شنبه'],
  weekStartsOn: 6,
  date: (at) => solarDate.format(at),
  // Digits as in the names of archives, which it is compared with.
  dateBeside: (at) =>
    [at.getFullYear(), at.getMonth() + 1, at.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  // The grid is of a Gregorian month.
  month: (at) => `${gregorian(at, { month: 'long', year: 'numeric' })} (${solarMonths(at)})`,
  day: (at) =>
    `${longSolarDay.format(at)} (${gregorian(at, { day: 'numeric', month: 'long', year: 'numeric' })})`,
  clock: (at) => `${two(at.getHours())}:${two(at.getMinutes())}`,
  seconds: (at) => two(at.getSeconds()),
};

const solarDate = new Intl.DateTimeFormat('fa-IR-u-ca-persian-nu-arabext', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const longSolarDay = new Intl.DateTimeFormat('fa-IR-u-ca-persian', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

function gregorian(at: Date, form: Intl.DateTimeFormatOptions): string {
  return at.toLocaleString('fa-IR-u-ca-gregory', form);
}

/** Those that the Gregorian month of this day lies in. */
function solarMonths(at: Date): string {
  const first = new Date(at.getFullYear(), at.getMonth(), 1, 12);
  const last = new Date(at.getFullYear(), at.getMonth() + 1, 0, 12);
  const name = (day: Date): string => day.toLocaleString('fa-IR-u-ca-persian', { month: 'long' });
  const year = last.toLocaleString('fa-IR-u-ca-persian', { year: 'numeric' });
  return `${name(first)} و ${name(last)} ${year}`;
}

function two(value: number): string {
  return value.toLocaleString('fa-IR', { minimumIntegerDigits: 2 });
}
