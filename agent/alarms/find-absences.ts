import type { Backup } from '../../protocol/domain/backup.ts';
import type { Schedule, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { wallClock } from '../os/wall-clock.ts';
import { nextRun } from '../schedule/next-run.ts';
import type { FoundProblem } from './found-problem.ts';

export interface AbsenceInput {
  readonly nowMs: number;
  readonly schedules: readonly Schedule[];
  readonly backups: readonly Backup[];
  /** Since when something is so, kept over restarts. */
  readonly since: (key: string) => number;
  /** When the run of a schedule that is at work now was started; undefined: there is none. */
  readonly runningSince: (schedule: string) => number | undefined;
}

/** What is not there and should be: good backups of a schedule, and schedules that run. */
export function findAbsences(input: AbsenceInput): readonly FoundProblem[] {
  return input.schedules.flatMap((schedule) =>
    schedule.settings.paused === true
      ? pausedTooLong(schedule, input)
      : missingBackup(schedule, input),
  );
}

function missingBackup(schedule: Schedule, input: AbsenceInput): FoundProblem[] {
  const { id, settings } = schedule;
  // Of one that was just written, or that rested, nothing can be missing from before that.
  const knownMs = input.since(`schedule:${id}:${JSON.stringify(settings.full)}`);
  const lastMs = lastKept(id, input.backups);
  const basisMs = Math.max(knownMs, lastMs ?? 0);
  const allowance = allowanceAfter(settings, basisMs);
  if (input.nowMs < allowance.untilMs) return [];
  const runningMs = input.runningSince(id);
  // One that catches up is given as long as one that is late.
  const catchesUp = runningMs !== undefined && input.nowMs - runningMs < allowance.graceMs;
  const since = lastMs === undefined ? 'yet' : `since ${wordWall(lastMs, settings.zone)}`;
  return [
    {
      id: `absence-${id}`,
      severity: 'error',
      text: `there is no good backup by schedule "${id}" ${since}, for more than one and a half of its periods`,
      place: `schedules.${id}`,
      hint: 'See why on the Jobs screen (6), or take one now (b).',
      ...(catchesUp ? { inHand: true } : {}),
    },
  ];
}

/** Verified, or still to be: one that was found damaged or whose file is gone is none. */
function lastKept(schedule: string, backups: readonly Backup[]): number | undefined {
  const times = backups
    .filter((backup) => backup.schedule === schedule && mayBeGood(backup))
    .map(({ capturedAtMs }) => capturedAtMs);
  return times.length === 0 ? undefined : times.reduce((last, atMs) => Math.max(last, atMs));
}

function mayBeGood({ presence, proof, integrity, gaps }: Backup): boolean {
  return (
    presence !== 'missing' &&
    proof.kind !== 'damaged' &&
    integrity !== 'damaged' &&
    !gaps.some(({ kind }) => kind === 'source')
  );
}

/** After a backup comes a slot, and half way to the next one it is too late: 1.5 periods, also over weekends. */
function allowanceAfter(
  settings: ScheduleSettings,
  basisMs: number,
): { readonly untilMs: number; readonly graceMs: number } {
  const dueMs = nextSlot(settings, basisMs);
  const graceMs = Math.max((nextSlot(settings, dueMs) - dueMs) / 2, leastGraceMs);
  return { untilMs: dueMs + graceMs + blackoutMs(settings), graceMs };
}

/** Of any kind: a differential is a backup as good as a full. */
function nextSlot({ full, differential, zone }: ScheduleSettings, afterMs: number): number {
  const fullMs = nextRun(full, zone, afterMs);
  if (differential === undefined) return fullMs;
  const { when } = differential;
  const between =
    when.every === 'hours' ? afterMs + when.hours * hourMs : nextRun(when, zone, afterMs);
  return Math.min(fullMs, between);
}

/** Where runs follow each other closely, one of them is soon made good. */
const leastGraceMs = 15 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A slot may wait for the end of the longest time in which no run begins. */
function blackoutMs({ blackout = [], jitterMinutes = 0 }: ScheduleSettings): number {
  const lengths = blackout.map(({ from, to }) => (minutesOf(to) - minutesOf(from)) * 60_000);
  const longest = Math.max(0, ...lengths.map((length) => (length <= 0 ? length + dayMs : length)));
  return longest + jitterMinutes * 60_000;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function pausedTooLong({ id, settings }: Schedule, input: AbsenceInput): FoundProblem[] {
  const sinceMs = input.since(`paused:${id}`);
  const firstMs = nextSlot({ ...settings }, sinceMs);
  const periodMs = nextSlot(settings, firstMs) - firstMs;
  if (input.nowMs - sinceMs < periodMs) return [];
  return [
    {
      id: `paused-${id}`,
      severity: 'warning',
      text: `schedule "${id}" has been paused since ${wordWall(sinceMs, settings.zone)}, longer than its period`,
      place: `schedules.${id}`,
      hint: `Let it run again with "kedge schedule resume ${id}", or remove it.`,
    },
  ];
}

/** "2026-11-21 02:00" of the schedule's zone. */
function wordWall(atMs: number, zone: string): string {
  return new Date(wallClock(atMs, zone)).toISOString().slice(0, 16).replace('T', ' ');
}
