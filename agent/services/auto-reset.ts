import type { HealthChange, Service } from '../../protocol/domain/service.ts';

/** An automatic reset of one service. `endedMs` absent: it is at work, or its end is not known. */
export interface AutoAttempt {
  readonly beganMs: number;
  readonly endedMs?: number | undefined;
}

export interface AutoResetFacts {
  readonly nowMs: number;
  readonly service: Pick<Service, 'health' | 'sinceMs' | 'badSinceMs'>;
  readonly afterMs: number;
  /** Of the last day. */
  readonly attempts: readonly AutoAttempt[];
  /** Of the service, oldest first. */
  readonly changes: readonly HealthChange[];
  /** A backup, a restore or a reset is at work or about to be. */
  readonly busy: boolean;
}

export type AutoResetDecision =
  /** Nothing is wrong with it, or a person stopped it. */
  | { readonly kind: 'rest' }
  /** Something is wrong, and not for long enough, or something else is done. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'paused'; readonly untilMs: number; readonly why: string };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const apartMs = 15 * minuteMs;
const perDay = 3;
/** From the end of an attempt to the next one: the first, the second, all others of a day. */
const coolDownMs = [minuteMs, 5 * minuteMs, 15 * minuteMs] as const;
/** One that restarts again and again is not helped by one restart more. */
const flappingPauseMs = 15 * minuteMs;

/** Whether a service is to be reset now without anybody asking. Pure. */
export function decideAutoReset(facts: AutoResetFacts): AutoResetDecision {
  const { nowMs, service, afterMs, busy } = facts;
  const pause = [flappingPause(facts), attemptsPause(facts)].flat();
  const [longest] = pause.toSorted((a, b) => b.untilMs - a.untilMs);
  if (service.health === 'flapping' && longest !== undefined) return longest;
  if (service.health !== 'ill' && service.health !== 'failed') return { kind: 'rest' };
  const sickSinceMs = Math.min(service.badSinceMs ?? service.sinceMs, service.sinceMs);
  if (nowMs - sickSinceMs < afterMs) return { kind: 'wait' };
  if (longest !== undefined) return longest;
  return busy ? { kind: 'wait' } : { kind: 'reset' };
}

type Pause = Extract<AutoResetDecision, { kind: 'paused' }>;

function pauseUntil(untilMs: number, why: string, nowMs: number): readonly Pause[] {
  return untilMs > nowMs ? [{ kind: 'paused', untilMs, why }] : [];
}

function flappingPause({ nowMs, service, changes }: AutoResetFacts): readonly Pause[] {
  const lastMs = service.health === 'flapping' ? nowMs : endOfFlapping(changes);
  return pauseUntil(lastMs + flappingPauseMs, 'it restarted again and again', nowMs);
}

function endOfFlapping(changes: readonly HealthChange[]): number {
  const at = changes.findLastIndex(({ state }) => state === 'flapping');
  return at === -1 ? Number.NEGATIVE_INFINITY : (changes[at + 1]?.atMs ?? Number.NEGATIVE_INFINITY);
}

function attemptsPause({ nowMs, attempts }: AutoResetFacts): readonly Pause[] {
  // One that lies ahead is of a clock that was set back.
  const ofDay = attempts
    .filter(({ beganMs }) => nowMs - beganMs < dayMs && beganMs <= nowMs)
    .toSorted((a, b) => b.beganMs - a.beganMs);
  const [last] = ofDay;
  if (last === undefined) return [];
  const third = ofDay[perDay - 1];
  const coolMs = coolDownMs[Math.min(ofDay.length, coolDownMs.length) - 1] ?? apartMs;
  const rateMs = Math.max(last.beganMs + apartMs, (last.endedMs ?? nowMs) + coolMs);
  return [
    ...(third === undefined
      ? []
      : pauseUntil(third.beganMs + dayMs, `${perDay} resets in a day did not help`, nowMs)),
    ...pauseUntil(rateMs, 'the last one did not help', nowMs),
  ];
}
