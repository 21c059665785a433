import type { Bench, Screen } from '../screens/bench.ts';

/** Tells the screen in front that what Kedge reports has changed; to be called when the state did. */
export function watchSnapshot(bench: () => Bench, screens: readonly Screen[]): () => void {
  let before = bench().session.store.get().snapshot;
  return () => {
    const was = before;
    before = bench().session.store.get().snapshot;
    if (was === undefined || before === undefined || was === before) return;
    const { view } = bench().model().ui;
    screens.find(({ id }) => id === view)?.onSnapshot?.(bench(), was);
  };
}
