import { failureOf } from '../../protocol/failures.ts';
import { type FileFault, faultAt } from '../host/settings/parse-jsonc.ts';
import type { UserFile } from '../host/settings/user-file.ts';
import { texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { type KeyConflict, keyConflicts } from './key-conflicts.ts';
import type { Keybinding } from './keybinding.ts';
import { createResolver, type Resolver } from './resolver.ts';
import {
  type KnownNames,
  parseKeybindings,
  type UserKeybindings,
  withRules,
} from './user-keybindings.ts';

/** The keys that hold now: the presets, and after them the rules of the user's file. */
export interface Keymap extends Disposable {
  readonly file: UserFile;
  readonly presets: readonly Keybinding[];
  /** What rules may name. */
  known(): KnownNames;
  bindings(): readonly Keybinding[];
  /** Always of the bindings that hold now. */
  readonly resolver: Resolver;
  /** What of the file does not hold, and why. */
  faults(): readonly FileFault[];
  conflicts(): readonly KeyConflict[];
  /** What a text would be as the file. */
  check(text: string): UserKeybindings;
  save(text: string): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

interface Held extends UserKeybindings {
  readonly bindings: readonly Keybinding[];
  readonly resolver: Resolver;
}

/** Follows the file until disposed of. */
export function openKeymap(
  file: UserFile,
  presets: readonly Keybinding[],
  known: () => KnownNames,
): Keymap {
  const listeners = new Set<() => void>();
  const check = (text: string): UserKeybindings => parseKeybindings(text, known());
  const read = (): Held => {
    const user = readRules(file, check);
    const bindings = withRules(presets, user.rules);
    return { ...user, bindings, resolver: createResolver(bindings) };
  };
  let held = read();
  const reload = (): void => {
    held = read();
    for (const listener of listeners) listener();
  };
  let said = texts.fileFaults.notValid;
  /** In the language of now: the keys are read before it is known which one that is. */
  const faults = (): readonly FileFault[] => {
    if (said !== texts.fileFaults.notValid) {
      said = texts.fileFaults.notValid;
      held = { ...held, faults: readRules(file, check).faults };
    }
    return held.faults;
  };
  const watch = file.watch(reload);
  return {
    file,
    presets,
    known,
    bindings: () => held.bindings,
    resolver: {
      resolve: (key, context, chord) => held.resolver.resolve(key, context, chord),
      active: (context) => held.resolver.active(context),
    },
    faults,
    conflicts: () => keyConflicts(presets, held.rules),
    check,
    save(text) {
      file.write(text);
      reload();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

/** Without its own keys a person still has those that everybody has. */
function readRules(file: UserFile, check: (text: string) => UserKeybindings): UserKeybindings {
  try {
    return check(file.read());
  } catch (error) {
    const { message } = wordFailure(failureOf(error));
    return { rules: [], faults: [faultAt('', 0, message)] };
  }
}
