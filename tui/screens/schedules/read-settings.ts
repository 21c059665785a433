import {
  type ScheduleSettings,
  ScheduleSettings as Settings,
} from '../../../protocol/domain/schedule.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { blackoutFrom } from '../../commands/schedule/blackout-text.ts';
import { keepFrom } from '../../commands/schedule/keep-text.ts';
import { texts } from '../../texts/texts.ts';
import type { FormField, ScheduleForm } from './schedule-form.ts';

const words = texts.schedules.faults;

/** What can't be right, by field, in words. */
export type Faults = Partial<Record<FormField, string>>;

type ReadSettings =
  | { readonly kind: 'valid'; readonly settings: ScheduleSettings }
  | { readonly kind: 'faulty'; readonly faults: Faults };

/** The settings that a form means. `before`: what it was made from, for what the form does not show. */
export function readSettings(form: ScheduleForm, before?: ScheduleSettings): ReadSettings {
  const faults: Record<string, string> = {};
  const fault = (field: FormField, text: string): undefined => {
    faults[field] = text;
    return undefined;
  };
  const raw = withoutAbsent({
    full: fullOf(form, fault),
    differential: differentialOf(form, fault),
    store: form.store,
    copyTo: form.copyTo === '' ? undefined : form.copyTo,
    zone: zoneOf(form.zone, fault),
    blackout: orFault('blackout', () => listOf(blackoutFrom(form.blackout)), fault),
    deleteOlderThan: ageOf('deleteOlderThan', form, fault),
    keep: orFault('keep', () => keepFrom(form.keep), fault),
    ifMissed: missedOf(form, fault),
    jitterMinutes: numberOf('jitterMinutes', form, { least: 1, most: 120, whole: true }, fault),
    deadlineHours: numberOf('deadlineHours', form, { least: 0.1, most: 168 }, fault),
    retries: numberOf('retries', form, { least: 0, most: 10, whole: true }, fault),
    paused: before?.paused,
  });
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  const found = Settings.safeParse(raw);
  if (found.success) return { kind: 'valid', settings: found.data };
  const [issue] = found.error.issues;
  return { kind: 'faulty', faults: { every: `${issue?.path.join('.')}: ${issue?.message}` } };
}

type Fault = (field: FormField, text: string) => undefined;

function fullOf(form: ScheduleForm, fault: Fault): unknown {
  switch (form.every) {
    case 'day':
      return { every: 'day', at: timeOf(form, fault) };
    case 'week':
      return { every: 'week', on: form.on, at: timeOf(form, fault) };
    case 'month':
      return { every: 'month', day: monthDayOf(form, fault), at: timeOf(form, fault) };
    case 'cron':
      return { every: 'cron', cron: form.cron.trim() };
    default:
      return form.every satisfies never;
  }
}

function differentialOf(form: ScheduleForm, fault: Fault): unknown {
  if (form.differential === 'off') return undefined;
  const when =
    form.differential === 'cron'
      ? { every: 'cron', cron: form.differentialCron.trim() }
      : { every: 'hours', hours: hoursOf(form, fault) };
  const store = form.differentialStore === '' ? undefined : form.differentialStore;
  return withoutAbsent({ when, store });
}

function hoursOf({ hours }: ScheduleForm, fault: Fault): number | undefined {
  const count = Number(hours.trim());
  if (hours.trim() !== '' && Number.isInteger(count) && count >= 1 && count <= 336) return count;
  return fault('hours', words.hours(hours.trim()));
}

function timeOf({ at }: ScheduleForm, fault: Fault): string | undefined {
  const time = at.trim().padStart(5, '0');
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : fault('at', words.at(at.trim()));
}

function monthDayOf({ day }: ScheduleForm, fault: Fault): number | undefined {
  const number = Number(day.trim());
  const fits = day.trim() !== '' && Number.isInteger(number) && number >= 1 && number <= 31;
  return fits ? number : fault('day', words.day(day.trim()));
}

function zoneOf(text: string, fault: Fault): string | undefined {
  const zone = text.trim();
  return isZone(zone) ? zone : fault('zone', words.zone(zone));
}

/** Whether this terminal knows it; Kedge itself looks again. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function missedOf(form: ScheduleForm, fault: Fault): unknown {
  if (form.ifMissed !== 'skipIfOlderThan') return form.ifMissed;
  const age = ageOf('missedAge', form, fault);
  if (age !== undefined) return { skipIfOlderThan: age };
  return form.missedAge.trim() === '' ? fault('missedAge', words.age('')) : undefined;
}

/** "30 days"; nothing typed: undefined. A 1 takes "day", others "days", whichever was typed. */
function ageOf(
  field: 'deleteOlderThan' | 'missedAge',
  form: ScheduleForm,
  fault: Fault,
): string | undefined {
  const text = form[field].trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === '') return undefined;
  return /^[1-9]\d{0,4} (hours?|days?|weeks?|months?|years?)$/.test(text)
    ? text
    : fault(field, words.age(text));
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: true;
}

function numberOf(
  field: 'jitterMinutes' | 'deadlineHours' | 'retries',
  form: ScheduleForm,
  { least, most, whole }: Range,
  fault: Fault,
): number | undefined {
  const text = form[field].trim();
  if (text === '') return undefined;
  const number = Number(text);
  const fits = number >= least && number <= most && (whole !== true || Number.isInteger(number));
  return fits ? number : fault(field, words.number(text, least, most));
}

function orFault<T>(field: FormField, read: () => T, fault: Fault): T | undefined {
  try {
    return read();
  } catch (error) {
    const { params } = failureOf(error);
    return fault(field, String(params['problem'] ?? params['cause']));
  }
}

function listOf<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function withoutAbsent(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
