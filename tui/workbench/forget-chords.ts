import type { SettingsStore } from '../host/settings/settings-store.ts';
import type { UiState } from '../store/ui-state.ts';
import type { UiStore } from '../store/ui-store.ts';

/** Who reads the list of what may follow gets time to. */
const listedMs = 10_000;

/**
 * Shows what may follow the first key of a chord when the second does not come, and drops it when it still does not.
 * Returns what ends it.
 */
export function forgetChords(ui: UiStore, settings: Pick<SettingsStore, 'get'>): () => void {
  let timers: readonly NodeJS.Timeout[] = [];
  let seen: string | undefined;
  const stop = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  const start = (): void => {
    const { chordTimeoutMs, whichKeyDelayMs } = settings.get();
    const listed = whichKeyDelayMs < chordTimeoutMs;
    timers = [
      setTimeout(() => ui.update(withoutChord), listed ? listedMs : chordTimeoutMs),
      ...(listed ? [setTimeout(() => ui.update(withList), whichKeyDelayMs)] : []),
    ];
  };
  const unsubscribe = ui.subscribe(() => {
    const { chord } = ui.get();
    if (chord === seen) return;
    seen = chord;
    stop();
    if (chord !== undefined) start();
  });
  return () => {
    stop();
    unsubscribe();
  };
}

export function withoutChord(ui: UiState): UiState {
  if (ui.chord === undefined) return ui;
  const { chord: _chord, chordListed: _listed, ...rest } = ui;
  return rest;
}

function withList(ui: UiState): UiState {
  return ui.chord === undefined ? ui : { ...ui, chordListed: true };
}
