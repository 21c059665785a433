import type { HealthChange, HealthState } from '../../protocol/domain/service.ts';

/** From best to worst. What nobody saw is worse than well, and better than what was seen to be wrong. */
const order: readonly HealthState[] = [
  'healthy',
  'starting',
  'stopping',
  'unknown',
  'stopped',
  'ill',
  'flapping',
  'failed',
];

/**
 * The worst state in each of `count` equal parts of a time; null: nothing is known of it. `changes` oldest first,
 * each holds until the next one.
 */
export function bucketsOf(
  changes: readonly HealthChange[],
  fromMs: number,
  toMs: number,
  count: number,
): readonly (HealthState | null)[] {
  const buckets = Array.from({ length: count }, (): HealthState | null => null);
  const partMs = (toMs - fromMs) / count;
  for (const [index, { atMs, state }] of changes.entries()) {
    const endMs = Math.min(changes[index + 1]?.atMs ?? toMs, toMs);
    if (endMs < fromMs || atMs >= toMs) continue;
    const first = Math.max(0, Math.floor((atMs - fromMs) / partMs));
    // What ends with a part is not in the next one; what lasted no time at all still was.
    const last = Math.max(first, Math.ceil((endMs - fromMs) / partMs) - 1);
    for (let part = first; part <= last; part += 1) {
      buckets[part] = worse(buckets[part] ?? null, state);
    }
  }
  return buckets;
}

function worse(before: HealthState | null, state: HealthState): HealthState {
  return before !== null && order.indexOf(before) > order.indexOf(state) ? before : state;
}
