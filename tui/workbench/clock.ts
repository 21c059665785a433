import { isFinished } from '../../protocol/domain/job.ts';
import type { Model } from '../screens/bench.ts';

export interface Clock {
  stop(): void;
}

const busyMs = 1_000;
// Only minutes are shown then, and a frame that did not change costs no bytes.
const idleMs = 10_000;

/** Ticks each second while seconds are on the screen, and seldom otherwise. */
export function createClock(onTick: () => void, model: () => Model): Clock {
  let last = 0;
  const timer = setInterval(() => {
    const now = Date.now();
    if (!showsSeconds(model()) && now - last < idleMs) return;
    last = now;
    onTick();
  }, busyMs);
  return { stop: () => clearInterval(timer) };
}

function showsSeconds({ state, ui, nowMs }: Model): boolean {
  const { snapshot, connection } = state;
  if (connection.kind !== 'open' || ui.toast !== undefined) return true;
  if (snapshot === undefined) return true;
  const soon = snapshot.schedules.some(
    ({ nextMs }) => nextMs !== undefined && nextMs - nowMs < 120_000,
  );
  return soon || snapshot.jobs.some((job) => !isFinished(job));
}
