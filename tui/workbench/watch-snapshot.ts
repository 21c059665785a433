import type { Bench, Screen } from '../screens/bench.ts';

/** Tells the screen in front that what Kedge reports has changed; to be called when the state did. */
export function watchSnapshot(bench: () => Bench, screens: readonly Screen[]): () => void {
  let before = bench().session.store.get().snapshot;
  return () => {
    const was = before;
    before = bench().session.store.get().snapshot;
    if (before === undefined || was === before) return;
    const { view } = bench().model().ui;
    const screen = screens.find(({ id }) => id === view);
    if (was === undefined) screen?.onFirstSnapshot?.(bench());
    else screen?.onSnapshot?.(bench(), was);
  };
}
