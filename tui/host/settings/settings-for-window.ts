import type { SettingName, Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';

/** The settings of the file, but those of the command line first; what is chosen in the window wins over both. */
export function settingsForWindow(
  file: SettingsStore,
  fromCommandLine: Partial<Settings>,
): SettingsStore {
  let first = fromCommandLine;
  const put = (name: SettingName, value: unknown): void => {
    const before = first;
    const { [name]: _given, ...rest } = first;
    first = rest as Partial<Settings>;
    try {
      file.put(name, value);
    } catch (error) {
      // What could not be chosen changes nothing, least of all "--read-only".
      first = before;
      throw error;
    }
  };
  return {
    ...file,
    get: () => ({ ...file.get(), ...first }),
    set: (name, value) => put(name, value),
    put,
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}
