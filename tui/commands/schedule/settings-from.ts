import { type Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { scheduleList } from '../../../protocol/methods/schedule.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { textOf } from '../read-arguments.ts';
import { optionalSettings } from './optional-settings.ts';
import { recurrenceFrom } from './recurrence.ts';

export interface RequestedSchedule {
  readonly settings: ScheduleSettings;
  /** Of the configuration that the settings were taken from. */
  readonly revision: string;
}

/** The settings as they stand with what was given put over them; a new schedule gets the rest by itself. */
export async function settingsFrom(
  context: CommandContext,
  schedule: string,
  args: Arguments,
): Promise<RequestedSchedule> {
  const { schedules, revision } = await context.call(scheduleList, {}, context.signal);
  const existing = schedules.find((one) => one.id === schedule)?.settings;
  const given = {
    full: recurrence(args) ?? existing?.full ?? missing('full', 'say when: --full or --cron'),
    store: textOf(args, 'store') ?? existing?.store ?? onlyStore(context),
    zone: textOf(args, 'zone') ?? existing?.zone ?? localZone(),
    ...optionalSettings(args, existing),
  };
  const settings = ScheduleSettings.safeParse({ ...existing, ...given });
  if (settings.success) return { settings: settings.data, revision };
  const [issue] = settings.error.issues;
  return missing(issue?.path.join('.') ?? 'settings', issue?.message ?? 'not valid');
}

function recurrence(args: Arguments): Recurrence | undefined {
  const full = textOf(args, 'full');
  const cron = textOf(args, 'cron');
  if (full !== undefined && cron !== undefined)
    throw new KedgeError('bad-argument', { what: 'cron', problem: 'give it instead of --full' });
  if (cron !== undefined) return { every: 'cron', cron };
  return full === undefined ? undefined : recurrenceFrom(full);
}

function onlyStore(context: CommandContext): string {
  const stores = context.store.get().snapshot?.stores ?? [];
  const [store] = stores;
  if (stores.length === 1 && store !== undefined) return store.id;
  const names = stores.map((one) => one.id).join(', ');
  return missing('store', `choose one of: ${names}`);
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function missing(what: string, problem: string): never {
  throw new KedgeError('bad-argument', { what, problem });
}
