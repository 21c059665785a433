import type { Clock } from './clock.ts';

/** How long to sleep so that a moment of the wall clock is met, although timers go by another clock. */
export interface Pace {
  /** Ms to sleep now, so as to be awake at `atMs` of the wall clock or to look at it again before. */
  sleepUntil(atMs: number): number;
}

/** The wall clock is looked at this often, as no timer tells that it was set or the machine slept. */
const longestMs = 30_000;
/** At first, and after the wall clock was found to have gone its own way. */
const shortestMs = 1_000;
/** Over less than this the pace of a clock can't be told. */
const measuredMs = 500;
const leastMs = 20;

/**
 * A wall clock that is set jumps once; one of a virtual machine that catches up, or that is made to
 * run fast, goes at another pace for a while. As long as it does, it is looked at every second and
 * sleeps are cut short by its pace.
 */
export function createPace(clock: Clock): Pace {
  let wall = clock.now();
  let steady = clock.steady();
  let pace = 1;
  let lookMs = shortestMs;
  const measure = (): void => {
    const passed = clock.steady() - steady;
    if (passed < measuredMs) return;
    const found = (clock.now() - wall) / passed;
    const own = found > 1.5 || found < 0.5;
    pace = own ? Math.max(1, found) : 1;
    lookMs = own ? shortestMs : Math.min(lookMs * 2, longestMs);
    wall = clock.now();
    steady = clock.steady();
  };
  return {
    sleepUntil(atMs) {
      measure();
      return Math.min(lookMs, Math.max(leastMs, (atMs - clock.now()) / pace));
    },
  };
}
