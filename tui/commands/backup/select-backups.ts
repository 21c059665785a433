import type { Backup } from '../../../protocol/domain/backup.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { backupList } from '../../../protocol/methods/backup.ts';
import { momentTexts } from '../../texts/texts.ts';
import { isoDay, latinDigits, readDay } from '../../texts/typed-date.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { textOf } from '../read-arguments.ts';

/** What "all older ones" are chosen by; undefined: they were named one by one. */
export function wantedBefore(
  args: Arguments,
  { now, note }: Pick<CommandContext, 'now' | 'note'>,
): number | undefined {
  const [before, age] = [textOf(args, 'all-before'), textOf(args, 'older-than')];
  if (before !== undefined) return dayOf(before, note);
  return age === undefined ? undefined : nowLess(age, now());
}

const pageSize = 500;

/**
 * Ids of all backups from before a moment that can be read now and lie elsewhere than at the destination; safety
 * backups go with their undo.
 */
export async function backupsBefore(
  context: CommandContext,
  beforeMs: number,
  to: string,
  schedule: string | undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const isWanted = (backup: Backup): boolean =>
    backup.capturedAtMs < beforeMs &&
    backup.presence === 'present' &&
    backup.origin !== 'safety' &&
    (schedule === undefined || backup.schedule === schedule) &&
    !(backup.store === to && backup.copies === undefined);
  for (let offset = 0; ; offset += pageSize) {
    const page = { offset, limit: pageSize };
    const { backups } = await context.call(backupList, page, context.signal);
    ids.push(...backups.filter(isWanted).map(({ id }) => id));
    if (backups.length < pageSize) return ids;
  }
}

/** Midnight at the beginning of a day, here. */
function dayOf(text: string, note: CommandContext['note']): number {
  const day = readDay(text);
  if (day?.asTyped !== undefined)
    note(momentTexts.understood(text, `${isoDay(day)} (${day.asTyped})`));
  if (day !== undefined) return new Date(day.year, day.month - 1, day.day).getTime();
  throw new KedgeError('bad-argument', {
    what: 'all-before',
    problem: `"${text}" is not a date such as 2026-11-01`,
  });
}

/** "1 month" before now, by the calendar; of a month that is too short its last day. */
function nowLess(text: string, nowMs: number): number {
  const [, count = '', unit = ''] =
    /^([1-9]\d{0,4}) (hour|day|week|month|year)s?$/.exec(latinDigits(text)) ?? [];
  if (unit === '') {
    const problem = `"${text}" is not an age such as "30 days" or "1 month"`;
    throw new KedgeError('bad-argument', { what: 'older-than', problem });
  }
  const many = Number(count);
  const now = new Date(nowMs);
  if (unit === 'hour') return nowMs - many * 3_600_000;
  if (unit === 'day' || unit === 'week') {
    now.setDate(now.getDate() - many * (unit === 'week' ? 7 : 1));
    return now.getTime();
  }
  const day = now.getDate();
  now.setDate(1);
  now.setMonth(now.getMonth() - many * (unit === 'year' ? 12 : 1));
  const last = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate();
  now.setDate(Math.min(day, last));
  return now.getTime();
}
