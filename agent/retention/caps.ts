import { wordBytes } from '../os/word-bytes.ts';
import { takeByRule } from './take-by-rule.ts';
import type { Takings } from './takings.ts';

/** Brings every store under its cap; what goes from one may free a full in another. */
export function takeByCaps(takings: Takings, caps: ReadonlyMap<string, number>): void {
  let before = -1;
  while (takings.count() > before) {
    before = takings.count();
    for (const [store, maxBytes] of caps) takeByCap(takings, store, maxBytes);
  }
}

/**
 * Lets the oldest go from a store that holds more than its cap, until it is under it: differentials before the
 * full they need, and never what more than a rule holds.
 */
function takeByCap(takings: Takings, store: string, maxBytes: number): void {
  const reason = `destination "${store}" holds more than its ${wordBytes(maxBytes)}`;
  const leaving = new Set([store]);
  // Of what its rule lets go a file may lie where the rule does not reach.
  const candidates = takings.judged.filter(
    ({ backup, mayGo, verdict }) =>
      (mayGo === true || verdict === 'goes') && takings.isIn(backup, store),
  );
  while (takings.bytesIn(store) > maxBytes) {
    const at = candidates.findIndex(({ backup }) => takings.mayLeave(backup, leaving));
    const [next] = at < 0 ? [] : candidates.splice(at, 1);
    if (next === undefined) return;
    takings.take(next.backup, { store, reason });
    // Its full may have waited for nothing else.
    const full = takings.find(next.backup.base);
    if (full !== undefined) takeByRule(takings, full);
  }
}
