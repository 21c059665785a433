import type { Backup } from '../../protocol/domain/backup.ts';
import type { Keep } from '../../protocol/domain/schedule.ts';
import { startOfDate, wallClock } from '../os/wall-clock.ts';

const dayMs = 86_400_000;

/** How backups fall into days, weeks, months and years of the wall clock. */
const periods: readonly { readonly rule: keyof Keep; readonly name: (wallMs: number) => string }[] =
  [
    { rule: 'daily', name: (wallMs) => new Date(wallMs).toISOString().slice(0, 10) },
    { rule: 'weekly', name: weekOf },
    { rule: 'monthly', name: (wallMs) => new Date(wallMs).toISOString().slice(0, 7) },
    { rule: 'yearly', name: (wallMs) => new Date(wallMs).toISOString().slice(0, 4) },
  ];

/**
 * Which of the backups "keep" names, with the words for it: the last K, and the newest of each of the last N days,
 * weeks, months and years that have one. Each rule counts by itself, as restic's do. `newestFirst`: good ones only.
 */
export function keepSlots(
  newestFirst: readonly Backup[],
  keep: Keep,
  zone: string,
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  const { last = 0 } = keep;
  for (const { id } of newestFirst.slice(0, last)) kept.set(id, `one of the last ${last}`);
  // Asked for as far back as the rules look: of many thousands a zone is slow to tell.
  const walls = new Map<string, number>();
  const wallOf = ({ id, capturedAtMs }: Backup): number => {
    const wallMs = walls.get(id) ?? wallClock(capturedAtMs, zone);
    walls.set(id, wallMs);
    return wallMs;
  };
  for (const { rule, name } of periods) {
    const count = keep[rule] ?? 0;
    const seen = new Set<string>();
    for (const backup of newestFirst) {
      if (seen.size >= count) break;
      const period = name(wallOf(backup));
      if (seen.has(period)) continue;
      seen.add(period);
      const { id } = backup;
      if (!kept.has(id)) kept.set(id, `the newest of ${period} (${count} ${rule})`);
    }
  }
  return kept;
}

/** "the last 3, 7 daily and 4 weekly". */
export function keepInWords(keep: Keep): string {
  const parts = [
    ...(keep.last === undefined ? [] : [`the last ${keep.last}`]),
    ...periods.flatMap(({ rule }) => (keep[rule] === undefined ? [] : [`${keep[rule]} ${rule}`])),
  ];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** By ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
function weekOf(wallMs: number): string {
  const day = startOfDate(wallMs);
  const fromMonday = (new Date(day).getUTCDay() + 6) % 7;
  const thursday = day + (3 - fromMonday) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `week ${week} of ${year}`;
}
