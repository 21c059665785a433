import {
  type Recurrence,
  type Schedule,
  type ScheduleSettings,
  ScheduleSettings as Settings,
} from '../../../protocol/domain/schedule.ts';
import { recurrenceWords } from '../../commands/schedule/recurrence.ts';
import type { ActionArgs } from '../../store/action.ts';
import type { Model } from '../bench.ts';
import { fieldText } from '../form-values.ts';

/** What the form of a schedule says now, as texts. */
export interface ScheduleForm {
  readonly name: string;
  readonly every: 'day' | 'week' | 'month' | 'cron';
  readonly on: string;
  readonly day: string;
  readonly at: string;
  readonly cron: string;
  readonly zone: string;
  readonly store: string;
  readonly deleteOlderThan: string;
  readonly ifMissed: string;
}

export const formFields = [
  'name',
  'every',
  'on',
  'day',
  'at',
  'cron',
  'zone',
  'store',
  'deleteOlderThan',
  'ifMissed',
] as const satisfies readonly (keyof ScheduleForm)[];

export function fieldId(field: keyof ScheduleForm): string {
  return `schedule.${field}`;
}

export function readForm(model: Model): ScheduleForm {
  const text = (field: keyof ScheduleForm, preset: string): string =>
    fieldText(model, fieldId(field), preset);
  const every = text('every', 'day');
  return {
    name: text('name', ''),
    every: every === 'week' || every === 'month' || every === 'cron' ? every : 'day',
    on: text('on', 'sunday'),
    day: text('day', '1'),
    at: text('at', '02:00'),
    cron: text('cron', '0 2 * * *'),
    zone: text('zone', localZone()),
    store: text('store', model.state.snapshot?.stores[0]?.id ?? ''),
    deleteOlderThan: text('deleteOlderThan', ''),
    ifMissed: text('ifMissed', 'run'),
  };
}

/** The form's fields for a schedule that exists. */
export function formOf({ id, settings }: Schedule): Partial<Record<keyof ScheduleForm, string>> {
  const { full, zone, store, deleteOlderThan, ifMissed } = settings;
  return {
    name: id,
    every: full.every,
    ...(full.every === 'week' ? { on: full.on } : {}),
    ...(full.every === 'month' ? { day: String(full.day) } : {}),
    ...(full.every === 'cron' ? { cron: full.cron } : { at: full.at }),
    zone,
    store,
    deleteOlderThan: deleteOlderThan ?? '',
    ifMissed: typeof ifMissed === 'object' ? ifMissed.skipIfOlderThan : (ifMissed ?? 'run'),
  };
}

/** The settings that the form means; undefined: something in it can't be right yet. */
export function settingsOf(form: ScheduleForm): ScheduleSettings | undefined {
  const age = form.deleteOlderThan.trim();
  const found = Settings.safeParse({
    full: recurrenceOf(form),
    store: form.store,
    zone: form.zone.trim(),
    ...(age === '' ? {} : { deleteOlderThan: age }),
    ifMissed: form.ifMissed,
  });
  return found.success ? found.data : undefined;
}

function recurrenceOf(form: ScheduleForm): unknown {
  const at = form.at.trim().padStart(5, '0');
  switch (form.every) {
    case 'day':
      return { every: 'day', at };
    case 'week':
      return { every: 'week', on: form.on, at };
    case 'month':
      return { every: 'month', day: Number(form.day), at };
    case 'cron':
      return { every: 'cron', cron: form.cron.trim() };
    default:
      return form.every satisfies never;
  }
}

/** Arguments of the command `schedule.set` that saves the form. */
export function setArguments(form: ScheduleForm): ActionArgs {
  const settings = settingsOf(form);
  return {
    schedule: form.name.trim(),
    ...(settings === undefined ? {} : whenOf(settings.full)),
    zone: form.zone.trim(),
    store: form.store,
    'delete-older-than': form.deleteOlderThan.trim() === '' ? 'never' : form.deleteOlderThan.trim(),
    'if-missed': form.ifMissed,
  };
}

function whenOf(full: Recurrence): ActionArgs {
  return full.every === 'cron' ? { cron: full.cron } : { full: recurrenceWords(full) };
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What stands against saving, in words for beside the button; undefined: nothing. */
export function formProblem(
  form: ScheduleForm,
  words: { readonly needName: string; readonly badName: string; readonly badTime: string },
): string | undefined {
  const name = form.name.trim();
  if (name === '') return words.needName;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return words.badName;
  return settingsOf(form) === undefined ? words.badTime : undefined;
}
