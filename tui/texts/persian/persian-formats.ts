import type { CalendarDay } from '../calendar.ts';
import type { Formats } from '../formats.ts';
import { solarHijri } from '../solar-hijri.ts';

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
  comma: '، ',
  perSecond: (amount) => `${amount}/s`,
  units: { second: 'ثانیه', minute: 'دقیقه', hour: 'ساعت', day: 'روز' },
  now: 'اکنون',
  justNow: 'هم‌اکنون',
  ago: (span) => `${span} پیش`,
  ahead: (span) => `${span} دیگر`,
  weekdays: ['یکش', 'دوش', 'سه‌ش', 'چهش', 'پنش', 'جمعه', 'شنبه'],
  longWeekdays: ['یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'شنبه'],
  weekStartsOn: 6,
  dayOff: 5,
  calendar: solarHijri,
  date: (at) => solarDate.format(at),
  // Digits as in the names of archives, which it is compared with.
  dateBeside: (at) =>
    [at.getFullYear(), at.getMonth() + 1, at.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  month: (at) => `${solarMonth.format(at)} ${solarYear.format(at)} (${gregorianMonths(at)})`,
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

// Apart: of both together Intl puts the year in front.
const solarMonth = new Intl.DateTimeFormat('fa-IR-u-ca-persian', { month: 'long' });
const solarYear = new Intl.DateTimeFormat('fa-IR-u-ca-persian', { year: 'numeric' });

function gregorian(at: Date, form: Intl.DateTimeFormatOptions): string {
  return at.toLocaleString('fa-IR-u-ca-gregory', form);
}

/** Those that the month of this day lies in: "نوامبر و دسامبر ۲۰۲۶", "دسامبر ۲۰۲۶ و ژانویهٔ ۲۰۲۷". */
function gregorianMonths(at: Date): string {
  const { year, month } = solarHijri.from(dayOf(at));
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  const first = noonOf(solarHijri.toGregorian({ year, month, day: 1 }));
  const last = noonOf(solarHijri.toGregorian({ ...next, day: 1 }));
  last.setDate(last.getDate() - 1);
  const whole = { month: 'long', year: 'numeric' } as const;
  const start = first.getFullYear() === last.getFullYear() ? ({ month: 'long' } as const) : whole;
  return `${gregorian(first, start)} و ${gregorian(last, whole)}`;
}

function dayOf(at: Date): CalendarDay {
  return { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() };
}

function noonOf(day: CalendarDay | undefined): Date {
  return day === undefined ? new Date(Number.NaN) : new Date(day.year, day.month - 1, day.day, 12);
}

function two(value: number): string {
  return value.toLocaleString('fa-IR', { minimumIntegerDigits: 2 });
}
