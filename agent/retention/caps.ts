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
    ({ mayGo, verdict }) => mayGo === true || verdict === 'goes',
  );
  let bytes = bytesIn(takings, store);
  while (bytes > maxBytes) {
    const next = candidates.find(
      ({ backup }) => takings.isIn(backup, store) && takings.mayLeave(backup, leaving),
    );
    if (next === undefined) return;
    takings.take(next.backup, { store, reason });
    // Its full may have waited for nothing else.
    const full = takings.judged.find(({ backup }) => backup.id === next.backup.base);
    if (full !== undefined) takeByRule(takings, full);
    bytes = bytesIn(takings, store);
  }
}

function bytesIn(takings: Takings, store: string): number {
  return takings.judged
    .filter(({ backup }) => takings.isIn(backup, store))
    .reduce((sum, { backup }) => sum + backup.sizeBytes, 0);
}
