import type { AlarmRecord } from '../state/alarm-records.ts';
import type { SeenProblem } from './found-problem.ts';
import type { Pace } from './pace.ts';

export interface Moment {
  readonly nowMs: number;
  /** When this Kedge began to look: what it has not found yet is not cured. */
  readonly startedMs: number;
}

/** What becomes of one alarm. `tell`: what is told of it now. */
export interface NextAlarm {
  readonly alarm: Omit<AlarmRecord, 'id'>;
  readonly tell?: 'open' | 'cured';
}

/**
 * One step of one alarm: `before` is the newest of its problem, absent where there is none or it was cured longer
 * ago than the fold; `problem` absent: it is not wrong now. Undefined: nothing changes.
 */
export function nextAlarm(
  before: AlarmRecord | undefined,
  problem: SeenProblem | undefined,
  moment: Moment,
  pace: Pace,
): NextAlarm | undefined {
  if (problem === undefined) return before === undefined ? undefined : gone(before, moment, pace);
  if (before !== undefined && before.state !== 'cured')
    return goesOn(before, problem, moment, pace);
  if (settlesMs(problem, moment, pace) > moment.nowMs) return undefined;
  return before === undefined ? opened(problem, moment) : again(before, problem, moment);
}

/** When a problem has lasted long enough to be an alarm. */
export function settlesMs(
  { sinceMs, settleMs = 0 }: SeenProblem,
  { startedMs }: Moment,
  pace: Pace,
): number {
  // What stood before the start is looked at anew: it may be a service that is only just starting.
  return Math.max(sinceMs + Math.max(settleMs, pace.settleMs), startedMs + pace.settleMs);
}

function opened(problem: SeenProblem, { nowMs }: Moment): NextAlarm {
  const times = { sinceMs: problem.sinceMs, lastMs: nowMs, count: 1 };
  return {
    alarm: { ...saidOf(problem), state: 'open', ...times, told: 'open' },
    tell: 'open',
  };
}

/** Within the fold: counted, and told only if it stays. */
function again(before: AlarmRecord, problem: SeenProblem, { nowMs }: Moment): NextAlarm {
  const { curedMs: _cured, acknowledgedMs: _seen, ...kept } = unworded(before);
  const count = before.count + 1;
  return { alarm: { ...kept, ...saidOf(problem), state: 'open', lastMs: nowMs, count } };
}

function goesOn(
  before: AlarmRecord,
  problem: SeenProblem,
  { nowMs }: Moment,
  pace: Pace,
): NextAlarm | undefined {
  const worse = before.severity === 'warning' && problem.severity === 'error';
  const { acknowledgedMs: _seen, ...kept } = unworded(before);
  // Whoever acknowledged a warning has not seen the error yet.
  if (worse) {
    return { alarm: { ...kept, ...saidOf(problem), state: 'open', told: 'open' }, tell: 'open' };
  }
  const stays = before.state === 'open' && elapsed(before.lastMs, nowMs) >= pace.foldMs;
  // It came again after its cure was told: whoever was told so must not go on believing it.
  if (stays && before.told !== 'open') {
    return {
      alarm: { ...unworded(before), ...saidOf(problem), told: 'open' },
      tell: 'open',
    };
  }
  const said = saidOf(problem);
  const same =
    before.text === said.text &&
    before.severity === said.severity &&
    before.place === said.place &&
    before.hint === said.hint;
  return same ? undefined : { alarm: { ...unworded(before), ...said } };
}

function gone(
  before: AlarmRecord,
  { nowMs, startedMs }: Moment,
  pace: Pace,
): NextAlarm | undefined {
  if (before.state !== 'cured') {
    if (nowMs - startedMs < pace.settleMs) return undefined;
    return { alarm: { ...before, state: 'cured', curedMs: nowMs } };
  }
  const stays = elapsed(before.curedMs ?? nowMs, nowMs) >= pace.settleMs;
  if (!stays || before.told !== 'open') return undefined;
  return { alarm: { ...before, told: 'cured' }, tell: 'cured' };
}

/** A moment to come is one of a clock that was set back since: to wait for it could take years. */
function elapsed(fromMs: number, nowMs: number): number {
  return fromMs > nowMs ? Number.POSITIVE_INFINITY : nowMs - fromMs;
}

function saidOf({ id, severity, text, place, hint }: SeenProblem) {
  return {
    key: id,
    severity,
    text,
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function unworded({ place: _place, hint: _hint, ...rest }: AlarmRecord) {
  return rest;
}
