import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { texts } from '../../texts/texts.ts';
import { latinDigits } from '../../texts/typed-date.ts';
import type { Arguments } from '../command.ts';
import { textOf } from '../read-arguments.ts';
import { blackoutFrom, blackoutWords } from './blackout-text.ts';
import { keepFrom, keepWords } from './keep-text.ts';

const { faults } = texts.schedules;

type Differential = NonNullable<ScheduleSettings['differential']>;

/** What is given of the settings that a schedule may do without; undefined where "none" takes one away. */
export function optionalSettings(
  args: Arguments,
  existing: ScheduleSettings | undefined,
): { readonly [K in keyof ScheduleSettings]?: unknown } {
  const given = <T>(name: string, read: (text: string) => T): { value: T | undefined }[] => {
    const text = textOf(args, name);
    if (text === undefined) return [];
    return [{ value: text === 'none' || text === 'never' ? undefined : read(text) }];
  };
  const plain = (text: string): string => text;
  const settings: Record<string, { value: unknown }[]> = {
    differential: differentialFrom(args, existing?.differential),
    copyTo: given('copy-to', plain),
    blackout: given('not-between', blackoutFrom),
    deleteOlderThan: given('delete-older-than', ageFrom),
    keep: given('keep', (text) => keepFrom(text.replaceAll('=', ' '))),
    ifMissed: given('if-missed', missedFrom),
    jitterMinutes: given('jitter', (text) => numberFrom('jitter', text, 1, 120)),
    deadlineHours: given('deadline', (text) => numberFrom('deadline', text, 0.1, 168)),
    retries: given('retries', (text) => numberFrom('retries', text, 0, 10)),
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, values]) => values.map(({ value }) => [name, value])),
  );
}

/** The arguments that ask for the same again. */
export function optionalArguments(settings: ScheduleSettings): Arguments {
  const { differential, blackout, keep, ifMissed } = settings;
  return {
    ...differentialArguments(differential),
    'copy-to': settings.copyTo ?? 'none',
    'not-between': blackout === undefined ? 'none' : blackoutWords(blackout),
    'delete-older-than': settings.deleteOlderThan ?? 'never',
    keep: keep === undefined ? 'none' : keepWords(keep),
    'if-missed': typeof ifMissed === 'object' ? ifMissed.skipIfOlderThan : (ifMissed ?? 'run'),
    jitter: String(settings.jitterMinutes ?? 'none'),
    deadline: String(settings.deadlineHours ?? 'none'),
    retries: String(settings.retries ?? 'none'),
  };
}

function differentialArguments(differential: Differential | undefined): Arguments {
  if (differential === undefined) return { differential: 'none' };
  const { when, store } = differential;
  return {
    ...(when.every === 'hours'
      ? { differential: `every ${when.hours} hours` }
      : { 'differential-cron': when.cron }),
    'differential-to': store ?? 'none',
  };
}

function differentialFrom(
  args: Arguments,
  existing: Differential | undefined,
): { value: Differential | undefined }[] {
  const text = textOf(args, 'differential');
  const cron = textOf(args, 'differential-cron');
  const to = textOf(args, 'differential-to');
  if (text !== undefined && cron !== undefined)
    wrong('differential-cron', 'give it instead of --differential');
  if (text === undefined && cron === undefined && to === undefined) return [];
  if (text === 'none') return [{ value: undefined }];
  const when =
    cron === undefined
      ? text === undefined
        ? existing?.when
        : { every: 'hours' as const, hours: hoursFrom(text) }
      : { every: 'cron' as const, cron };
  if (when === undefined) return wrong('differential-to', 'there are no differentials yet');
  const store = to === undefined ? existing?.store : to === 'none' ? undefined : to;
  return [{ value: { when, ...(store === undefined ? {} : { store }) } }];
}

/** "every 4 hours", "4 hours", "every hour". */
function hoursFrom(text: string): number {
  const [, count] =
    /^(?:every )?(?:(\d{1,3}) ?)?(?:hours?|h)$/.exec(latinDigits(text).toLowerCase()) ?? [];
  if (/^(every )?hour$/.test(text.toLowerCase())) return 1;
  if (count === undefined)
    return wrong('differential', `"${text}" is not "every 4 hours", nor "none"`);
  const hours = Number(count);
  return hours >= 1 && hours <= 336 ? hours : wrong('differential', faults.hours(count));
}

function ageFrom(text: string): string {
  const age = latinDigits(text).trim().toLowerCase().replace(/\s+/g, ' ');
  return isAge(age) ? age : wrong('delete-older-than', faults.age(text));
}

function isAge(text: string): boolean {
  return /^[1-9]\d{0,4} (hours?|days?|weeks?|months?|years?)$/.test(text);
}

function missedFrom(text: string): ScheduleSettings['ifMissed'] {
  if (text === 'run' || text === 'skip') return text;
  const age = latinDigits(text);
  if (isAge(age)) return { skipIfOlderThan: age };
  return wrong(
    'if-missed',
    `"${text}" is neither run nor skip, nor an age such as "6 hours" beyond which it is skipped`,
  );
}

function numberFrom(what: string, text: string, least: number, most: number): number {
  const value = Number(latinDigits(text));
  const fits = text.trim() !== '' && value >= least && value <= most;
  return fits ? value : wrong(what, `${faults.number(text, least, most)}, nor "none"`);
}

function wrong(what: string, problem: string): never {
  throw new KedgeError('bad-argument', { what, problem });
}
