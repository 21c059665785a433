import type { Health } from './health.ts';

const fastMs = 50;
const changingMs = 1000;
const quietMs = 15_000;
/** From one question to the next, to all services that are quiet: each costs 1 to 2 ms of a processor. */
const apartMs = 900;
/** However many there are. */
const quietMostMs = 90_000;
const settledAfterMs = 30_000;

/**
 * How soon to look again. `hurried`: a start or stop waits for the answer; a look at a process costs
 * well under 1 ms, so 20 a second are cheap.
 */
export function nextLookMs(health: Health, atMs: number, hurried: boolean, pace: Pace): number {
  if (hurried) return fastMs;
  // On the same beat for all, so that a manager that answers for many is asked once.
  const everyMs = beatMs(health, atMs, pace);
  const leftMs = everyMs - (atMs % everyMs);
  // Just before a beat, as a timer may be early, that one was it.
  return leftMs < everyMs / 10 ? leftMs + everyMs : leftMs;
}

/** How a service is looked at among others. */
export interface Pace {
  /** Of its probes within a beat: from 0 to below 1. */
  readonly place: number;
  /** To all of them, in one beat: one to the manager of each, and its probes. */
  readonly questions: number;
}

export const alone: Pace = { place: 0, questions: 1 };

/** What is left of a beat is for the answers. */
const spreadOver = 0.8;

/**
 * How long after a beat the probes of a service are asked: fifty services not in the same moment, though their
 * manager is.
 */
export function probeDelayMs(health: Health, atMs: number, hurried: boolean, pace: Pace): number {
  return hurried ? 0 : pace.place * spreadOver * beatMs(health, atMs, pace);
}

/** Places of any number of services, far from each other: steps of the golden ratio. */
export function placeOf(index: number): number {
  return (index * 0.618_033_988_75) % 1;
}

function beatMs(health: Health, atMs: number, { questions }: Pace): number {
  const { state, good, bad } = health;
  const counting = (state === 'healthy' && bad > 0) || (state === 'ill' && good > 0);
  const between = ['starting', 'stopping', 'unknown'].includes(state);
  const unsettled = atMs - health.sinceMs < settledAfterMs;
  if (between || counting || unsettled) return changingMs;
  return Math.min(Math.max(quietMs, questions * apartMs), quietMostMs);
}
