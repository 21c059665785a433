/**
 * Milliseconds since the epoch by a clock that nobody sets: right when this process began, and from then on only
 * as far from the wall clock as that is moved.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** How far the wall clock is ahead of it now. */
export function wallAheadMs(): number {
  return Date.now() - steadyNow();
}
