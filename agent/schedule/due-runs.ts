import type { RunKind, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { onTimeMs, type Plan } from './plan.ts';
import { noteOf } from './run-notes.ts';
import { startOf } from './start-time.ts';
import type { Occurrence } from './timetable.ts';

/** What the slots that have passed since the last one served come to. */
export interface Due {
  /** Up to this slot all are served, ms. */
  readonly slotMs: number;
  readonly run?: { readonly slotMs: number; readonly kind: RunKind; readonly note?: string };
  /** The newest of those that nothing makes up for, or the one run, oldest first. */
  readonly left: readonly {
    readonly slotMs: number;
    readonly kind: RunKind;
    readonly outcome: 'missed' | 'skipped';
    readonly note: string;
  }[];
}

/** More missed slots than these are not written down one by one. */
const leftAtMost = 50;

/** Undefined: nothing is due. Slots that passed without a run are made up for by one, a full where one is among them. */
export function dueRuns(plan: Plan, nowMs: number, skipMs: number | undefined): Due | undefined {
  if (plan.startMs > nowMs) return undefined;
  const { settings, timetable, seed, basisMs } = plan;
  const startOfRun = (one: Occurrence): number => startOf(settings, timetable, seed, one);
  const passed = timetable
    .passed(basisMs, nowMs, leftAtMost)
    .filter((one) => startOfRun(one) <= nowMs)
    .slice(-leftAtMost);
  const slotMs = passed.at(-1)?.atMs;
  if (slotMs === undefined) return undefined;
  if (settings.paused === true) return { slotMs, left: [] };
  const full = timetable.latestFull(slotMs);
  const candidates = full === undefined || full.atMs <= basisMs ? passed : [...passed, full];
  const taken = candidates
    .filter((one) => one.atMs !== skipMs)
    .findLast((one) => isWanted(settings, nowMs - startOfRun(one)));
  const run = taken && {
    slotMs: taken.atMs,
    kind: taken.kind,
    ...noted(settings, taken, nowMs - startOfRun(taken)),
  };
  const left = passed
    .filter((one) => one.atMs !== taken?.atMs)
    .map((one) => leftOut(one, skipMs, taken));
  return { slotMs, ...(run === undefined ? {} : { run }), left };
}

function leftOut(
  { atMs, kind }: Occurrence,
  skipMs: number | undefined,
  taken: Occurrence | undefined,
): Due['left'][number] {
  if (atMs === skipMs)
    return { slotMs: atMs, kind, outcome: 'skipped', note: 'left out as it was asked for' };
  const note =
    taken === undefined
      ? 'Kedge did not run at its time'
      : `Kedge did not run at its time; one ${taken.kind} made up for it`;
  return { slotMs: atMs, kind, outcome: 'missed', note };
}

function isWanted({ ifMissed = 'run' }: ScheduleSettings, lateMs: number): boolean {
  if (lateMs <= onTimeMs || ifMissed === 'run') return true;
  return ifMissed !== 'skip' && lateMs <= ageMs(ifMissed.skipIfOlderThan);
}

function noted(
  settings: ScheduleSettings,
  run: Occurrence,
  lateMs: number,
): { readonly note?: string } {
  const late =
    lateMs <= onTimeMs
      ? []
      : [`begun ${spanInWords(lateMs)} late, as Kedge did not run at its time`];
  const notes = [noteOf(settings, run), ...late].filter((note) => note !== undefined);
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}

const hourMs = 3_600_000;
const unitMs = {
  minute: 60_000,
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
  year: 365 * 24 * hourMs,
} as const;

/** Of "6 hours"; of months and years roughly, which is enough to tell what is stale. */
function ageMs(age: string): number {
  const [count, unit = ''] = age.replace(/s$/, '').split(' ');
  const found = Object.entries(unitMs).find(([name]) => name === unit);
  return Number(count) * (found?.[1] ?? 0);
}

/** "8 hours". */
function spanInWords(ms: number): string {
  const [unit, size] =
    ms < 2 * hourMs
      ? (['minute', unitMs.minute] as const)
      : ms < 2 * unitMs.day
        ? (['hour', hourMs] as const)
        : (['day', unitMs.day] as const);
  return `${Math.floor(ms / size)} ${unit}s`;
}
