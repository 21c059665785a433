import { chordTimeoutMs } from '../keys/resolver.ts';
import type { UiStore } from '../store/ui-store.ts';

/** Drops the first key of a chord when the second does not come. Returns what ends it. */
export function forgetChords(ui: UiStore): () => void {
  let timer: NodeJS.Timeout | undefined;
  let seen: string | undefined;
  const unsubscribe = ui.subscribe(() => {
    const { chord } = ui.get();
    if (chord === seen) return;
    seen = chord;
    clearTimeout(timer);
    if (chord === undefined) return;
    timer = setTimeout(() => ui.update(({ chord: _late, ...rest }) => rest), chordTimeoutMs);
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
