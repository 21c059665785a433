import { failureOf } from '../../protocol/failures.ts';
import type { Bench } from '../screens/bench.ts';
import { sanitised } from '../store/sanitise.ts';
import type { LoadedData } from '../store/ui-state.ts';

/** Asks Kedge for the data of a page. An answer that comes when another thing is wanted is dropped. */
export async function loadData<K extends keyof LoadedData>(
  bench: Bench,
  slot: K,
  about: string,
  read: () => Promise<unknown>,
): Promise<void> {
  const put = (value: unknown): void =>
    bench.updateUi((ui) => ({ ...ui, data: { ...ui.data, [slot]: value } }));
  const before = bench.model().ui.data[slot];
  // What is shown stays while it is read again; only another thing starts empty.
  if (before?.about !== about || before.kind === 'failed') put({ kind: 'loading', about });
  try {
    const value = sanitised(await read());
    if (bench.model().ui.data[slot]?.about === about) put({ kind: 'ready', about, value });
  } catch (error) {
    if (bench.model().ui.data[slot]?.about === about) {
      put({ kind: 'failed', about, failure: sanitised(failureOf(error)) });
    }
  }
}
