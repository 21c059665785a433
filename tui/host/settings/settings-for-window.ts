import type { Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';

/** The settings of the file, but those of the command line first; what is chosen in the window wins over both. */
export function settingsForWindow(
  file: SettingsStore,
  fromCommandLine: Partial<Settings>,
): SettingsStore {
  let first = fromCommandLine;
  return {
    ...file,
    get: () => ({ ...file.get(), ...first }),
    set(name, value) {
      const { [name]: _given, ...rest } = first;
      first = rest as Partial<Settings>;
      file.set(name, value);
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}
