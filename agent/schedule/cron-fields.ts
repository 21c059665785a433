import { KedgeError } from '../../protocol/failures.ts';
import { type CronField, type FieldRule, readField, readValue } from './cron-field.ts';

export interface CronFields {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly day: CronField;
  readonly month: CronField;
  readonly weekday: CronField;
  /** `L` among the days: the last of the month. */
  readonly lastDay: boolean;
  /** `5L` among the weekdays: the last Friday of the month. */
  readonly lastWeekdays: readonly number[];
}

const rules = {
  minute: { what: 'minute', min: 0, max: 59 },
  hour: { what: 'hour', min: 0, max: 23 },
  day: { what: 'day of the month', min: 1, max: 31 },
  month: {
    what: 'month',
    min: 1,
    max: 12,
    names: ' jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
  },
  // 7 is Sunday too, as in crontab(5).
  weekday: { what: 'weekday', min: 0, max: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
} as const satisfies Record<string, FieldRule>;

const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
};

const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads the five fields, or the name of a few, strictly: what other schedulers guess at (four or
 * six fields, steps beyond a range) runs at other times than the one who wrote it expects.
 */
export function readCron(cron: string): CronFields {
  const texts = plainFields(cron);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = texts;
  if (texts.length !== 5) {
    refuse(cron, `it has ${texts.length} fields, not five (minute hour day month weekday)`);
  }
  const read = (text: string, rule: FieldRule, whole = text): CronField =>
    readField(text, rule, (problem) => refuse(cron, `${rule.what} "${whole}": ${problem}`));
  const days = withoutLast(day);
  const weekdays = withoutLastWeekdays(cron, weekday);
  const fields = {
    minute: read(minute, rules.minute),
    hour: read(hour, rules.hour),
    day: days.text === '' && days.last ? none : read(days.text, rules.day, day),
    month: read(month, rules.month),
    weekday:
      weekdays.text === '' && weekdays.last.length > 0
        ? none
        : foldSunday(read(weekdays.text, rules.weekday, weekday)),
    lastDay: days.last,
    lastWeekdays: weekdays.last,
  };
  if (!happens(fields)) refuse(cron, `none of its months has a day ${fields.day.values[0]}`);
  return fields;
}

function plainFields(cron: string): readonly string[] {
  const text = cron.trim();
  if (!text.startsWith('@')) return text === '' ? [] : text.split(/\s+/);
  const fields = macros[text.toLowerCase()];
  if (fields !== undefined) return fields.split(' ');
  return refuse(cron, `it knows the names ${Object.keys(macros).join(', ')} and no other`);
}

const none: CronField = { values: [], starred: false, all: false };

function withoutLast(text: string): { text: string; last: boolean } {
  const items = text.split(',');
  const plain = items.filter((item) => item.toUpperCase() !== 'L');
  return { text: plain.join(','), last: plain.length < items.length };
}

function withoutLastWeekdays(cron: string, text: string): { text: string; last: number[] } {
  const fault = (problem: string) => refuse(cron, `weekday "${text}": ${problem}`);
  const items = text.split(',');
  if (items.some((item) => item.toUpperCase() === 'L'))
    fault('"L" needs a weekday before it, such as 5L for the last Friday of the month');
  const last = items.filter((item) => /^\w+L$/i.test(item));
  return {
    text: items.filter((item) => !last.includes(item)).join(','),
    last: last.map((item) => readValue(item.slice(0, -1), rules.weekday, fault) % 7),
  };
}

function foldSunday(field: CronField): CronField {
  const values = [...new Set(field.values.map((day) => day % 7))].sort((a, b) => a - b);
  return { ...field, values, all: values.length === 7 };
}

function happens({ day, month, weekday, lastDay }: CronFields): boolean {
  const either = !day.starred && !weekday.starred;
  if (either || lastDay) return true;
  return month.values.some((m) => (day.values[0] ?? 32) <= (longestMonth[m - 1] ?? 0));
}

function refuse(cron: string, problem: string): never {
  throw new KedgeError('bad-argument', {
    what: `cron "${cron}"`,
    problem: `${problem}. Example: "0 2 * * 1-5" is 02:00 from Monday to Friday`,
  });
}
