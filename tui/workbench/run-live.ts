import type { Bench, Screen } from '../screens/bench.ts';
import type { UiStore } from '../store/ui-store.ts';

/** Keeps asking for what the screen in front shows live, and for nothing else. Returns what ends it. */
export function runLive(ui: UiStore, bench: () => Bench, screens: readonly Screen[]): () => void {
  let running: { readonly name: string; readonly ending: AbortController } | undefined;
  const end = (): void => {
    running?.ending.abort();
    running = undefined;
  };
  const look = (): void => {
    const screen = screens.find(({ id }) => id === ui.get().view);
    const key = screen?.live?.key(ui.get());
    const name = key === undefined ? undefined : `${screen?.id} ${key}`;
    if (name === running?.name) return;
    end();
    if (name === undefined || key === undefined) return;
    const ending = new AbortController();
    running = { name, ending };
    void screen?.live?.run(bench(), key, ending.signal);
  };
  const unsubscribe = ui.subscribe(look);
  return () => {
    unsubscribe();
    end();
  };
}
