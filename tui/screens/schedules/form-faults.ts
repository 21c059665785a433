import type { Failure } from '../../../protocol/failures.ts';
import { texts } from '../../texts/texts.ts';
import type { Model } from '../bench.ts';
import { type Faults, readSettings } from './read-settings.ts';
import type { FormField, ScheduleForm } from './schedule-form.ts';
import { type SchedulePage, settingsNow } from './schedule-page.ts';

const words = texts.schedules;

interface FormFaults {
  /** For below the fields. */
  readonly faults: Faults;
  /** What stands against saving, for beside the button. */
  readonly problem: string | undefined;
}

/** What is wrong as far as this window sees, and what Kedge said of the same settings. */
export function formFaults(model: Model, page: SchedulePage, form: ScheduleForm): FormFaults {
  const read = readSettings(form, page.read);
  const own = read.kind === 'faulty' ? read.faults : serverFaults(model, form);
  const name = page.schedule === undefined ? nameFault(model, form.name.trim()) : undefined;
  const faults = name === undefined || form.name.trim() === '' ? own : { ...own, name };
  const problem = name ?? (Object.keys(faults).length > 0 ? words.incomplete : undefined);
  return { faults, problem };
}

function nameFault(model: Model, name: string): string | undefined {
  if (name === '') return words.needName;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return words.badName;
  return settingsNow(model, name) === undefined ? undefined : words.taken(name);
}

function serverFaults(model: Model, form: ScheduleForm): Faults {
  const { preview } = model.ui.data;
  if (preview?.kind !== 'failed' || preview.failure.code !== 'bad-argument') return {};
  const field = faultyField(preview.failure, form);
  return { [field]: String(preview.failure.params['problem'] ?? '') };
}

/** Kedge names what it refuses in words or by the key in the file; here it belongs to a field. */
export function faultyField({ params }: Failure, form: ScheduleForm): FormField {
  const what = String(params['what'] ?? '').toLowerCase();
  const named = namedFields.find(([words]) => words.test(what))?.[1];
  if (named !== undefined) return named;
  if (!what.includes('cron')) return form.differential === 'off' ? 'every' : 'differential';
  const ofFull = form.every === 'cron' && !what.includes('differential');
  return ofFull && what.includes(form.cron.trim().toLowerCase()) ? 'cron' : 'differentialCron';
}

const namedFields: readonly (readonly [RegExp, FormField])[] = [
  [/zone/, 'zone'],
  [/blackout|not between/, 'blackout'],
  [/copy|second/, 'copyTo'],
  [/differential.*(store|destination)/, 'differentialStore'],
  [/store|destination/, 'store'],
  [/keep/, 'keep'],
  [/older/, 'deleteOlderThan'],
  [/missed/, 'ifMissed'],
];
