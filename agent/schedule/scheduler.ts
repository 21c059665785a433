import type { RunKind, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { checkSchedule } from './check-schedule.ts';
import type { Clock } from './clock.ts';
import { type Due, dueRuns } from './due-runs.ts';
import { createPace } from './pace.ts';
import { beginsMs, newPlan, type Plan, planAt, served, withSettings } from './plan.ts';

export interface SchedulerOptions {
  readonly schedules: () => Readonly<Record<string, ScheduleSettings>>;
  /** Slot up to which a schedule was served, ms, as `serve` wrote it down. */
  readonly position: (id: string) => number | undefined;
  /** The slot that is to be left out, ms. */
  readonly skip: (id: string) => number | undefined;
  /** Writes down what is due and starts it. False: it could not be written down, and is due again. Must not throw. */
  readonly serve: (id: string, due: Due) => boolean;
  /** Makes runs begin at times of its own in each installation. */
  readonly installation: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Some schedule's next run is another than before. */
  readonly onChange: () => void;
  /** What else goes by the clock: done at each look, which comes at `dueMs` at the latest. */
  readonly chores: { readonly dueMs: () => number | undefined; readonly work: () => void };
}

export interface NextRun {
  /** Of its slot, ms. */
  readonly slotMs: number;
  /** When it begins, ms. */
  readonly startMs: number;
  readonly kind: RunKind;
}

export interface Scheduler {
  /** Absent: paused, or no such schedule. */
  next(id: string): NextRun | undefined;
  /** Reads `schedules` again; throws `bad-argument` and changes nothing where one is not valid. */
  reconfigured(): void;
  /** Something else is due at another time than before. */
  look(): void;
}

/** What could not be written down is tried again after this. */
const heldMs = 5 * 60_000;

/**
 * Serves the slots of each schedule until the signal aborts. What comes next is counted from the
 * last served slot, never from the start of this process, so restarts push nothing ahead. Slots
 * that passed meanwhile are one run at most.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { clock, signal } = options;
  const plans = new Map<string, Plan>();
  let waiting = new AbortController();
  signal.addEventListener('abort', () => waiting.abort(), { once: true });

  adopt(options, plans, (id) => options.position(id));
  void keepTime();

  async function keepTime(): Promise<void> {
    const pace = createPace(clock);
    // First let the caller have the scheduler, then serve what was missed.
    await clock.sleep(0, waiting.signal);
    while (!signal.aborted) {
      if (serveDue(options, plans)) options.onChange();
      options.chores.work();
      if (waiting.signal.aborted) waiting = new AbortController();
      await clock.sleep(pace.sleepUntil(nextLook(options, plans)), waiting.signal);
    }
  }

  return {
    next: (id) => {
      const plan = plans.get(id);
      if (plan === undefined || plan.settings.paused === true) return undefined;
      const startMs = beginsMs(plan, clock.now());
      return { slotMs: plan.next.atMs, startMs, kind: plan.next.kind };
    },
    reconfigured: () => {
      // A schedule that is new or has a new rule owes nothing for the time before it.
      adopt(options, plans, () => undefined);
      waiting.abort();
      options.onChange();
    },
    look: () => waiting.abort(),
  };
}

function adopt(
  { schedules, clock, serve, installation }: SchedulerOptions,
  plans: Map<string, Plan>,
  position: (id: string) => number | undefined,
): void {
  const wanted = Object.entries(schedules());
  for (const [, settings] of wanted) checkSchedule(settings);
  const before = new Map(plans);
  plans.clear();
  for (const [id, settings] of wanted) {
    const known = before.get(id);
    if (known !== undefined && ruleOf(known.settings) === ruleOf(settings)) {
      plans.set(id, withSettings(known, settings));
      continue;
    }
    const servedMs = position(id) ?? clock.now();
    // Saved at once, so that the very first slot counts as missed if nothing runs at its time.
    if (position(id) === undefined) serve(id, { slotMs: servedMs, left: [] });
    plans.set(id, newPlan(settings, `${installation} ${id}`, servedMs));
  }
}

/** What the times of runs follow from. */
function ruleOf({ full, zone, differential, blackout }: ScheduleSettings): string {
  const when = differential === undefined ? [] : Object.entries(differential.when).sort();
  return JSON.stringify([zone, Object.entries(full).sort(), when, blackout ?? []]);
}

function nextLook({ chores, clock }: SchedulerOptions, plans: ReadonlyMap<string, Plan>): number {
  const nowMs = clock.now();
  const starts = [...plans.values()].map((plan) =>
    Math.max(beginsMs(plan, nowMs), plan.heldUntilMs ?? 0),
  );
  const choreMs = chores.dueMs() ?? 0;
  // What is still due has just been tried.
  return Math.min(choreMs > nowMs ? choreMs : Number.POSITIVE_INFINITY, ...starts);
}

function serveDue(options: SchedulerOptions, plans: Map<string, Plan>): boolean {
  let changed = false;
  const nowMs = options.clock.now();
  for (const [id, known] of [...plans]) {
    const plan = planAt(known, nowMs);
    plans.set(id, plan);
    if (!isHeld(plan, nowMs)) serveOne(options, plans, id, plan, nowMs);
    changed ||= plans.get(id)?.startMs !== known.startMs;
  }
  return changed;
}

/** Not after the clock was set back by more than it is held. */
function isHeld({ heldUntilMs }: Plan, nowMs: number): boolean {
  return heldUntilMs !== undefined && nowMs < heldUntilMs && heldUntilMs - nowMs <= heldMs;
}

function serveOne(
  options: SchedulerOptions,
  plans: Map<string, Plan>,
  id: string,
  plan: Plan,
  nowMs: number,
): void {
  if (beginsMs(plan, nowMs) > nowMs) return;
  const due = dueRuns(plan, nowMs, options.skip(id));
  if (due === undefined) return;
  // Before it is started: that may bring another configuration about, which takes the plan as it stands.
  plans.set(id, served(plan, due.slotMs));
  if (!options.serve(id, due)) plans.set(id, { ...plan, heldUntilMs: nowMs + heldMs });
}
