import { onTestFinished, vi } from 'vitest';

/** Of services of which there are many, once nothing has changed for long. */
const beatMs = 90_000;

/** Moves the steady clock on to a beat and holds it there: what is quiet is looked at 90 s later, not before. */
export function moveToBeat(): void {
  const { timeOrigin } = performance;
  const beats = Math.ceil((timeOrigin + performance.now()) / beatMs) + 1;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(beats * beatMs - timeOrigin);
  onTestFinished(() => void clock.mockRestore());
}
