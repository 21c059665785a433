/** Tells whether the wall clock can be trusted with ages: nothing that is old only by a wrong clock may go. */
export interface ClockWatch {
  /** Why nothing may be deleted by its age now; undefined: it may. */
  doubt(): string | undefined;
}

const jumpMs = 3_600_000;
/** A clock that was set is given this long to be put right. */
const heldMs = 24 * 3_600_000;

/** `wall` ms since the epoch; `steady` ms of a clock that nobody sets (it may stand while the machine sleeps). */
export function watchClock(wall: () => number, steady: () => number): ClockWatch {
  let offset = wall() - steady();
  let jumpedAt: number | undefined;
  return {
    doubt() {
      const now = steady();
      const next = wall() - now;
      if (Math.abs(next - offset) > jumpMs) jumpedAt = now;
      offset = next;
      if (jumpedAt === undefined || now - jumpedAt >= heldMs) return undefined;
      return 'the clock was set by more than an hour, so for a day nothing goes';
    },
  };
}
