import type { HealthState } from '../../protocol/domain/service.ts';
import type { Glyphs } from './theme.ts';

const levels: Readonly<Record<Exclude<HealthState, 'unknown'>, 0 | 1 | 2 | 3 | 4>> = {
  healthy: 0,
  starting: 1,
  stopping: 1,
  stopped: 2,
  ill: 3,
  flapping: 4,
  failed: 4,
};

/** One sign of a line of health; null: nothing is known. The higher the worse. */
export function healthSign(state: HealthState | null, glyphs: Glyphs): string {
  if (state === null || state === 'unknown') return glyphs.coming;
  return glyphs.levels[levels[state]];
}
