import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { withValue } from './edit-jsonc.ts';
import { type FileFault, parseJsonc } from './parse-jsonc.ts';
import { parseSettings, problemOf, type ReadSettings } from './parse-settings.ts';
import { presetSettings, type SettingName, type Settings } from './settings.ts';
import { memoryFile, type UserFile, userFile } from './user-file.ts';

/** The settings of the interface as they hold now. */
export interface SettingsStore extends Disposable {
  readonly file: UserFile;
  get(): Settings;
  /** What of the file does not hold, and why. */
  faults(): readonly FileFault[];
  /** Also when only the faults changed. Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  /** Writes one setting into the file; its comments and order stay. Undefined: back to the preset. */
  set<K extends SettingName>(name: K, value: Settings[K] | undefined): void;
  /** The same with a value that is checked first. Throws what is wrong with it. */
  put(name: SettingName, value: unknown): void;
  /** Writes the whole text, whatever is wrong in it. */
  save(text: string): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

const fileName = 'settings.jsonc';

/** As the file has them now, for a program that soon ends. */
export function readSettings(environment: Environment): ReadSettings {
  return readFrom(userFile(environment, fileName));
}

/** The settings from the file of this user, followed until disposed of. */
export function openSettings(environment: Environment, everyMs?: number): SettingsStore {
  return settingsIn(userFile(environment, fileName, everyMs));
}

/** Settings in no file. */
export function fixedSettings(changes: Partial<Settings> = {}): SettingsStore {
  return settingsIn(memoryFile(JSON.stringify(changes)));
}

function settingsIn(file: UserFile): SettingsStore {
  const listeners = new Set<() => void>();
  let read = readFrom(file);
  let said = texts.fileFaults.notValid;
  /** In the language of now: which one that is stands in the file itself. */
  const faults = (): readonly FileFault[] => {
    if (said !== texts.fileFaults.notValid) {
      said = texts.fileFaults.notValid;
      read = { ...read, faults: readFrom(file).faults };
    }
    return read.faults;
  };
  const reload = (): void => {
    read = readFrom(file);
    for (const listener of listeners) listener();
  };
  const save = (text: string): void => {
    file.write(text);
    reload();
  };
  const put = (name: SettingName, value: unknown): void => {
    const problem = value === undefined ? undefined : problemOf(name, value);
    if (problem !== undefined) throw new KedgeError('bad-argument', { what: name, problem });
    const before = file.read();
    refuseBroken(file.path, before);
    save(withValue(before, [name], value));
  };
  const watch = file.watch(reload);
  return {
    file,
    get: () => read.settings,
    faults,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (name, value) => put(name, value),
    put,
    save,
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

/** A window without its settings is better than none: a file that can't be read is one fault. */
function readFrom(file: UserFile): ReadSettings {
  try {
    return parseSettings(file.read());
  } catch (error) {
    const { message } = wordFailure(failureOf(error));
    return { settings: presetSettings, faults: [{ line: 1, column: 1, message }] };
  }
}

/** Where the text is no JSON, nobody can tell what a change would do to it. */
function refuseBroken(path: string, text: string): void {
  const [fault] = parseJsonc(text).faults;
  if (fault === undefined) return;
  const problem = texts.fileFaults.place(fault.line, fault.message);
  throw new KedgeError('config-invalid', { path, problem });
}
