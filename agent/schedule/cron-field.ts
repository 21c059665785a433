/** One field of a cron expression. `starred`: it begins with `*`, which crontab(5) treats apart. */
export interface CronField {
  readonly values: readonly number[];
  readonly starred: boolean;
  readonly all: boolean;
}

export interface FieldRule {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

/** Refuses the expression; the field and what is wrong with it stand in the words. */
export type Fault = (problem: string) => never;

/** Lists, ranges, steps and names of one field, read strictly: nothing is guessed. */
export function readField(text: string, rule: FieldRule, fault: Fault): CronField {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    if (item.startsWith('*') && text.includes(',')) fault('"*" takes all and stands alone');
    for (const value of readItem(item, rule, fault)) found.add(value);
  }
  const values = [...found].sort((a, b) => a - b);
  return { values, starred: text.startsWith('*'), all: values.length > rule.max - rule.min };
}

/** `5`, `1-5`, `*`, and the last two with a step: `1-31/2`. */
function readItem(item: string, rule: FieldRule, fault: Fault): number[] {
  const [, range = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(item) ?? [];
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

export function readValue(text: string, rule: FieldRule, fault: Fault): number {
  const named = text === '' ? -1 : (rule.names?.indexOf(text.toLowerCase()) ?? -1);
  if (named >= 0) return named;
  if (!/^\d{1,2}$/.test(text)) fault(`"${text}" is not a ${rule.what}${unknownForm(text)}`);
  const value = Number(text);
  if (value < rule.min || value > rule.max) {
    fault(`${value} is not between ${rule.min} and ${rule.max}`);
  }
  return value;
}

/** What other schedulers take, by name. */
function unknownForm(text: string): string {
  if (text === '?') return '; write "*"';
  if (text.includes('#')) return ' ("#", the n-th weekday of a month, is not known here)';
  if (/w$/i.test(text)) return ' ("W", the nearest workday, is not known here)';
  if (/^h/i.test(text)) return ' ("H" is of another scheduler; write the number)';
  return '';
}

function readStep(text: string, span: number, fault: Fault): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1)
    fault(`the step "${text}" is not a number from 1`);
  if (Number(text) > Math.max(span, 1)) fault(`the step ${text} is larger than its range`);
  return Number(text);
}
