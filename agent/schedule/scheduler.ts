import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { checkRecurrence } from './check-recurrence.ts';
import type { Clock } from './clock.ts';
import { latestSlot, nextRun, slotsOf } from './next-run.ts';
import { type Plan, planAt } from './plan.ts';

export interface SchedulerOptions {
  readonly schedules: () => Readonly<Record<string, ScheduleSettings>>;
  /** Slot up to which a schedule was served, ms, as saved by `savePosition`. */
  readonly position: (id: string) => number | undefined;
  readonly savePosition: (id: string, slotMs: number) => void;
  readonly clock: Clock;
  /** Starts or queues the run of a slot. Called at most once per slot; must not throw. */
  readonly fire: (id: string, slotMs: number) => void;
  readonly signal: AbortSignal;
  /** Some schedule's next run is another than before. */
  readonly onChange: () => void;
}

export interface Scheduler {
  /** Absent: paused, or no such schedule. */
  next(id: string): number | undefined;
  /** Reads `schedules` again; throws `bad-argument` and changes nothing where one is not valid. */
  reconfigured(): void;
}

/** The wall clock is looked at this often, as no timer tells that it was set or the machine slept. */
const pollMs = 30_000;
/** A run that starts later than this after its slot was missed, and `ifMissed` decides. */
const onTimeMs = 120_000;

/**
 * Fires each schedule at its slots until the signal aborts. What comes next is counted from the
 * last served slot, never from the start of this process, so restarts push nothing ahead. Slots
 * that passed meanwhile are one run, or none with `ifMissed: skip`.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { clock, signal } = options;
  const plans = new Map<string, Plan>();
  let waiting = new AbortController();
  signal.addEventListener('abort', () => waiting.abort(), { once: true });

  adopt(options, plans, (id) => options.position(id));
  void keepTime();

  async function keepTime(): Promise<void> {
    // First let the caller have the scheduler, then fire what was missed.
    await clock.wake(clock.now(), waiting.signal);
    while (!signal.aborted) {
      if (serveDue(options, plans)) options.onChange();
      if (waiting.signal.aborted) waiting = new AbortController();
      await clock.wake(nextLook(plans, clock.now()), waiting.signal);
    }
  }

  return {
    next: (id) => {
      const plan = plans.get(id);
      return plan === undefined || plan.settings.paused === true ? undefined : plan.nextMs;
    },
    reconfigured: () => {
      // A schedule that is new or has a new rule owes nothing for the time before it.
      adopt(options, plans, () => undefined);
      waiting.abort();
      options.onChange();
    },
  };
}

function adopt(
  { schedules, clock, savePosition }: SchedulerOptions,
  plans: Map<string, Plan>,
  position: (id: string) => number | undefined,
): void {
  const wanted = Object.entries(schedules());
  for (const [, settings] of wanted) checkRecurrence(settings.full, settings.zone);
  const before = new Map(plans);
  plans.clear();
  for (const [id, settings] of wanted) {
    const known = before.get(id);
    if (known !== undefined && ruleOf(known.settings) === ruleOf(settings)) {
      plans.set(id, { ...known, settings });
      continue;
    }
    const servedMs = position(id) ?? clock.now();
    // Saved at once, so that the very first slot counts as missed if nothing runs at its time.
    if (position(id) === undefined) savePosition(id, servedMs);
    plans.set(id, {
      settings,
      servedMs,
      basisMs: servedMs,
      nextMs: nextRun(settings.full, settings.zone, servedMs),
    });
  }
}

function ruleOf({ full, zone }: ScheduleSettings): string {
  return JSON.stringify([zone, ...Object.entries(full).sort()]);
}

function nextLook(plans: ReadonlyMap<string, Plan>, nowMs: number): number {
  return Math.min(nowMs + pollMs, ...[...plans.values()].map((plan) => plan.nextMs));
}

function serveDue(options: SchedulerOptions, plans: Map<string, Plan>): boolean {
  let changed = false;
  const nowMs = options.clock.now();
  for (const [id, known] of [...plans]) {
    const plan = planAt(known, nowMs);
    const slotMs = dueSlot(plan, nowMs);
    const served = slotMs === undefined ? plan : afterSlot(plan, slotMs);
    changed ||= served.nextMs !== known.nextMs;
    plans.set(id, served);
    if (slotMs !== undefined) serve(options, id, plan, slotMs, nowMs);
  }
  return changed;
}

function dueSlot({ settings, basisMs, nextMs }: Plan, nowMs: number): number | undefined {
  if (nextMs > nowMs) return undefined;
  return latestSlot(slotsOf(settings.full, settings.zone), basisMs, nowMs)?.atMs;
}

function afterSlot(plan: Plan, slotMs: number): Plan {
  const { full, zone } = plan.settings;
  return { ...plan, servedMs: slotMs, basisMs: slotMs, nextMs: nextRun(full, zone, slotMs) };
}

function serve(
  options: SchedulerOptions,
  id: string,
  { settings }: Plan,
  slotMs: number,
  nowMs: number,
): void {
  const missed = nowMs - slotMs > onTimeMs;
  const skipped = settings.paused === true || (missed && settings.ifMissed === 'skip');
  try {
    if (!skipped) options.fire(id, slotMs);
  } finally {
    // After it: a crash in between repeats a run rather than losing one. Passed slots of a paused
    // schedule count as served, so that going on owes nothing.
    options.savePosition(id, slotMs);
  }
}
