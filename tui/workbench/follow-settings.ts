import type { SettingsStore } from '../host/settings/settings-store.ts';
import type { Bench } from '../screens/bench.ts';
import { texts } from '../texts/texts.ts';

/** What the window keeps of the settings follows them while it runs. Returns what ends it. */
export function followSettings(
  settings: SettingsStore,
  bench: () => Bench,
  setMouse: (on: boolean) => void,
): () => void {
  let followed = settings.get();
  let known = settings.faults().length;
  return settings.subscribe(() => {
    const before = followed;
    followed = settings.get();
    const { mouse, readOnly } = followed;
    if (mouse !== before.mouse) {
      setMouse(mouse);
      bench().updateUi((ui) => ({ ...ui, mouse }));
    }
    if (readOnly !== before.readOnly) bench().updateUi((ui) => ({ ...ui, readOnly }));
    const faults = settings.faults();
    if (faults.length > known) tellFaults(bench(), 'settings.jsonc', faults);
    known = faults.length;
  });
}

/** The first of what is wrong in a file; the rest of it holds. */
export function tellFaults(
  bench: Bench,
  fileName: string,
  [first, ...others]: ReturnType<SettingsStore['faults']>,
): void {
  if (first === undefined) return;
  const { line, message } = first;
  const place = texts.fileFaults.place(line, message);
  bench.notify('warning', texts.fileFaults.inFile(fileName, place, others.length));
}
