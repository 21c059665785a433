/** Times of the alarms, ms; tests have their own. */
export interface Pace {
  /** What comes and goes within it is no alarm, nor is it a cure: services are reset, mounts come late. */
  readonly settleMs: number;
  /** What goes and comes again within it is the same alarm. */
  readonly foldMs: number;
  /** Mails wait so long for what comes with them. */
  readonly gatherMs: number;
  /** Before the second try, the third, ...; the last of all that follow. */
  readonly retriesMs: readonly number[];
  /** Then a delivery is given up. */
  readonly maxTries: number;
}

const minuteMs = 60_000;

export const defaultPace: Pace = {
  settleMs: minuteMs,
  foldMs: 60 * minuteMs,
  gatherMs: 10_000,
  retriesMs: [1, 2, 5, 15, 30, 60].map((minutes) => minutes * minuteMs),
  // About a day.
  maxTries: 28,
};
