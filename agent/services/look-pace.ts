import type { Health } from './health.ts';

const fastMs = 50;
const changingMs = 1000;
const quietMs = 15_000;
const settledAfterMs = 30_000;

/**
 * How soon to look again. `hurried`: a start or stop waits for the answer; a look at a process costs
 * well under 1 ms, so 20 a second are cheap.
 */
export function nextLookMs(health: Health, atMs: number, hurried: boolean): number {
  if (hurried) return fastMs;
  // On the same beat for all, so that a manager that answers for many is asked once.
  const everyMs = beatMs(health, atMs);
  const leftMs = everyMs - (atMs % everyMs);
  // Just before a beat, as a timer may be early, that one was it.
  return leftMs < everyMs / 10 ? leftMs + everyMs : leftMs;
}

/** What is left of a beat is for the answers. */
const spreadOver = 0.8;

/**
 * How long after a beat the probes of a service are asked. `place`: its own, from 0 to below 1; so fifty services
 * are not asked in the same moment, though their manager is.
 */
export function probeDelayMs(
  health: Health,
  atMs: number,
  hurried: boolean,
  place: number,
): number {
  return hurried ? 0 : place * spreadOver * beatMs(health, atMs);
}

/** Places of any number of services, far from each other: steps of the golden ratio. */
export function placeOf(index: number): number {
  return (index * 0.618_033_988_75) % 1;
}

function beatMs(health: Health, atMs: number): number {
  const { state, good, bad } = health;
  const counting = (state === 'healthy' && bad > 0) || (state === 'ill' && good > 0);
  const between = ['starting', 'stopping', 'unknown'].includes(state);
  const unsettled = atMs - health.sinceMs < settledAfterMs;
  return between || counting || unsettled ? changingMs : quietMs;
}
