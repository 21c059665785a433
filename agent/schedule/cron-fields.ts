import { KedgeError } from '../../protocol/failures.ts';

/** One field of a cron expression. `starred`: it begins with `*`, which crontab(5) treats apart. */
export interface CronField {
  readonly values: readonly number[];
  readonly starred: boolean;
  readonly all: boolean;
}

export interface CronFields {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly day: CronField;
  readonly month: CronField;
  readonly weekday: CronField;
}

interface FieldRule {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
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
} as const satisfies Record<keyof CronFields, FieldRule>;

const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads the five fields strictly: cron-parser also takes four or six of them, and steps that no
 * crontab takes, and so runs at other times than the one who wrote them expects.
 */
export function readCron(cron: string): CronFields {
  const texts = cron.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = texts;
  if (texts.length !== 5) {
    refuse(cron, `it has ${texts.length} fields, not five (minute hour day month weekday)`);
  }
  const fields = {
    minute: readField(cron, minute, rules.minute),
    hour: readField(cron, hour, rules.hour),
    day: readField(cron, day, rules.day),
    month: readField(cron, month, rules.month),
    weekday: foldSunday(readField(cron, weekday, rules.weekday)),
  };
  if (!happens(fields)) refuse(cron, `none of its months has a day ${fields.day.values[0]}`);
  return fields;
}

function readField(cron: string, text: string, rule: FieldRule): CronField {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    for (const value of readItem(cron, text, item, rule)) found.add(value);
  }
  const values = [...found].sort((a, b) => a - b);
  const starred = text.startsWith('*');
  return { values, starred, all: values.length > rule.max - rule.min };
}

/** `5`, `1-5`, `*`, and the last two with a step: `1-31/2`. */
function readItem(cron: string, text: string, item: string, rule: FieldRule): number[] {
  const fault = (problem: string) => refuse(cron, `${rule.what} "${text}": ${problem}`);
  const [, range = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(item) ?? [];
  if (range === '*' && text.includes(',')) fault('"*" takes all and stands alone');
  if (step !== undefined && range !== '*' && !range.includes('-')) {
    fault(`a step needs "*" or a range before it, such as ${rule.min}-${rule.max}/${step}`);
  }
  const [first, last] = readRange(range, rule, fault);
  const by = step === undefined ? 1 : readStep(step, last - first, fault);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => first + i * by);
}

function readRange(range: string, rule: FieldRule, fault: Fault): [number, number] {
  if (range === '*') return [rule.min, rule.what === 'weekday' ? 6 : rule.max];
  const [from = '', to = from, ...rest] = range.split('-');
  if (rest.length > 0) fault(`"${range}" is not a range`);
  const first = readValue(from, rule, fault);
  const last = readValue(to, rule, fault);
  if (last < first) fault(`the range "${range}" runs backwards; write it as a list`);
  return [first, last];
}

function readValue(text: string, rule: FieldRule, fault: Fault): number {
  const named = text === '' ? -1 : (rule.names?.indexOf(text.toLowerCase()) ?? -1);
  if (named >= 0) return named;
  if (!/^\d{1,2}$/.test(text)) fault(`"${text}" is not a ${rule.what}`);
  const value = Number(text);
  if (value < rule.min || value > rule.max) {
    fault(`${value} is not between ${rule.min} and ${rule.max}`);
  }
  return value;
}

function readStep(text: string, span: number, fault: Fault): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1)
    fault(`the step "${text}" is not a number from 1`);
  if (Number(text) > Math.max(span, 1)) fault(`the step ${text} is larger than its range`);
  return Number(text);
}

function foldSunday(field: CronField): CronField {
  const values = [...new Set(field.values.map((day) => day % 7))].sort((a, b) => a - b);
  return { ...field, values, all: values.length === 7 };
}

function happens({ day, month, weekday }: CronFields): boolean {
  const either = !day.starred && !weekday.starred;
  return either || month.values.some((m) => (day.values[0] ?? 32) <= (longestMonth[m - 1] ?? 0));
}

type Fault = (problem: string) => never;

function refuse(cron: string, problem: string): never {
  throw new KedgeError('bad-argument', {
    what: `cron "${cron}"`,
    problem: `${problem}. Example: "0 2 * * 1-5" is 02:00 from Monday to Friday`,
  });
}
