import type { Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { scheduleList } from '../../../protocol/methods/schedule.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { textOf } from '../read-arguments.ts';
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
  const settings = {
    ...(existing?.paused === undefined ? {} : { paused: existing.paused }),
    full: recurrence(args) ?? existing?.full ?? missing('full', 'say when: --full or --cron'),
    store: textOf(args, 'store') ?? existing?.store ?? onlyStore(context),
    zone: textOf(args, 'zone') ?? existing?.zone ?? localZone(),
    ...deletion(args, existing),
    ...missed(args, existing),
  };
  return { settings, revision };
}

function recurrence(args: Arguments): Recurrence | undefined {
  const full = textOf(args, 'full');
  const cron = textOf(args, 'cron');
  if (full !== undefined && cron !== undefined)
    throw new KedgeError('bad-argument', { what: 'cron', problem: 'give it instead of --full' });
  if (cron !== undefined) return { every: 'cron', cron };
  return full === undefined ? undefined : recurrenceFrom(full);
}

function deletion(
  args: Arguments,
  existing: ScheduleSettings | undefined,
): { deleteOlderThan?: string } {
  const age = textOf(args, 'delete-older-than') ?? existing?.deleteOlderThan;
  return age === undefined || age === 'never' ? {} : { deleteOlderThan: age };
}

function missed(
  args: Arguments,
  existing: ScheduleSettings | undefined,
): { ifMissed?: 'run' | 'skip' } {
  const given = textOf(args, 'if-missed') ?? existing?.ifMissed;
  if (given === undefined) return {};
  if (given === 'run' || given === 'skip') return { ifMissed: given };
  return missing('if-missed', `"${given}" is neither run nor skip`);
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
