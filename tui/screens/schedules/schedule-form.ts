import type { Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { blackoutWords } from '../../commands/schedule/blackout-text.ts';
import { keepWords } from '../../commands/schedule/keep-text.ts';
import { latinDigits } from '../../texts/typed-date.ts';
import type { Model } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { countBetween, hoursBetweenFulls } from './between-fulls.ts';

/** What a form says where nothing was typed. Choices keep their value, all else is text as typed. */
const presets = {
  name: '',
  every: 'day',
  on: 'sunday',
  day: '1',
  at: '02:00',
  cron: '0 2 * * *',
  zone: '',
  differential: 'off',
  hours: '4',
  between: '',
  differentialCron: '0 8-20/4 * * *',
  store: '',
  differentialStore: '',
  copyTo: '',
  blackout: '',
  deleteOlderThan: '',
  keep: '',
  ifMissed: 'run',
  missedAge: '6 hours',
  advanced: 'folded',
  jitterMinutes: '',
  deadlineHours: '',
  retries: '',
};

export type FormField = keyof typeof presets;
/** What the form of a schedule says now, as texts. */
export type ScheduleForm = Readonly<Omit<Record<FormField, string>, 'every' | 'differential'>> & {
  readonly every: 'day' | 'week' | 'month' | 'cron';
  readonly differential: 'off' | 'hours' | 'cron';
};

export const formFields = Object.keys(presets) as readonly FormField[];

export function fieldId(field: FormField): string {
  return `schedule.${field}`;
}

export function readForm(model: Model): ScheduleForm {
  const preset = {
    ...presets,
    zone: localZone(),
    store: model.state.snapshot?.stores[0]?.id ?? '',
  };
  const texts = Object.fromEntries(
    formFields.map((field) => [
      field,
      latinDigits(fieldText(model, fieldId(field), preset[field])),
    ]),
  ) as Record<FormField, string>;
  return completeForm(texts);
}

/** The form of a schedule that exists. */
export function formOf(id: string, settings: ScheduleSettings): ScheduleForm {
  return completeForm({
    ...presets,
    name: id,
    ...fullFields(settings),
    ...differentialFields(settings),
    ...retentionFields(settings),
    ...advancedFields(settings),
    zone: settings.zone,
    store: settings.store,
    copyTo: settings.copyTo ?? '',
    blackout: blackoutWords(settings.blackout ?? []),
  });
}

export function formOfSchedule({ id, settings }: Schedule): ScheduleForm {
  return formOf(id, settings);
}

/** "between" follows from the hours until somebody types it. */
function completeForm(texts: Record<FormField, string>): ScheduleForm {
  const every = oneOf(['day', 'week', 'month', 'cron'] as const, texts.every);
  const differential = oneOf(['off', 'hours', 'cron'] as const, texts.differential);
  const period = hoursBetweenFulls(every);
  const between =
    texts.between === '' && period !== undefined && Number(texts.hours) >= 1
      ? String(countBetween(Number(texts.hours), period))
      : texts.between;
  return { ...texts, every, differential, between };
}

function oneOf<T extends string>(values: readonly [T, ...T[]], text: string): T {
  return values.find((value) => value === text) ?? values[0];
}

type Fields = Partial<Record<FormField, string>>;

function fullFields({ full }: ScheduleSettings): Fields {
  return {
    every: full.every,
    ...(full.every === 'week' ? { on: full.on } : {}),
    ...(full.every === 'month' ? { day: String(full.day) } : {}),
    ...(full.every === 'cron' ? { cron: full.cron } : { at: full.at }),
  };
}

function differentialFields({ differential }: ScheduleSettings): Fields {
  if (differential === undefined) return {};
  const { when, store } = differential;
  return {
    differential: when.every,
    ...(when.every === 'hours' ? { hours: String(when.hours) } : { differentialCron: when.cron }),
    differentialStore: store ?? '',
  };
}

function retentionFields({ deleteOlderThan, keep, ifMissed }: ScheduleSettings): Fields {
  return {
    deleteOlderThan: deleteOlderThan ?? '',
    keep: keep === undefined ? '' : keepWords(keep),
    ...(typeof ifMissed === 'object'
      ? { ifMissed: 'skipIfOlderThan', missedAge: ifMissed.skipIfOlderThan }
      : { ifMissed: ifMissed ?? 'run' }),
  };
}

function advancedFields({ jitterMinutes, deadlineHours, retries }: ScheduleSettings): Fields {
  const given = [jitterMinutes, deadlineHours, retries].some((value) => value !== undefined);
  return {
    advanced: given ? 'shown' : 'folded',
    jitterMinutes: wordNumber(jitterMinutes),
    deadlineHours: wordNumber(deadlineHours),
    retries: wordNumber(retries),
  };
}

function wordNumber(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
