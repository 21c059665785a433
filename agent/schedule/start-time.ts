import { createHash } from 'node:crypto';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import type { Occurrence, Timetable } from './timetable.ts';

/**
 * When a run begins: at its time, or by chance up to `jitterMinutes` after it, though never when the
 * next is nearer nor in a blackout. The same again after a restart; `seed` names installation and schedule.
 */
export function startOf(
  { jitterMinutes }: ScheduleSettings,
  timetable: Timetable,
  seed: string,
  { atMs }: Occurrence,
): number {
  if (jitterMinutes === undefined) return atMs;
  const roomMs = Math.min(jitterMinutes * 60_000, (timetable.next(atMs).atMs - atMs) / 2);
  const startMs = atMs + Math.floor(chance(`${seed} ${atMs}`) * roomMs);
  return timetable.freeFrom(startMs) === startMs ? startMs : atMs;
}

/** From 0 to less than 1. */
function chance(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE() / 2 ** 32;
}
