import type { Action } from '../store/action.ts';
import { type ContextKeys, evaluateWhen, parseWhen, type When } from '../store/when.ts';
import type { Keybinding } from './keybinding.ts';

/** What a key means. `pending`: the first key of a chord; `typing`: for the text input that has the focus. */
export type Resolution =
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'pending'; readonly chord: string }
  | { readonly kind: 'unknown-chord'; readonly chord: string }
  | { readonly kind: 'typing' }
  | { readonly kind: 'none' };

export interface Resolver {
  resolve(key: string, context: ContextKeys, chord: string | undefined): Resolution;
  /** The bindings that hold in a context, the winning one first for each key. */
  active(context: ContextKeys): readonly Keybinding[];
}

interface Parsed {
  readonly binding: Keybinding;
  readonly when: When | undefined;
}

/** Conditions are parsed here, so a wrong one fails at the start and not at a key. */
export function createResolver(bindings: readonly Keybinding[]): Resolver {
  const parsed: readonly Parsed[] = bindings
    .map((binding) => ({
      binding,
      when: binding.when === undefined ? undefined : parseWhen(binding.when),
    }))
    .reverse();
  const active = (context: ContextKeys): readonly Keybinding[] =>
    parsed
      .filter(({ when }) => when === undefined || evaluateWhen(when, context))
      .map(({ binding }) => binding);

  return {
    active,
    resolve(key, context, chord) {
      if (chord === undefined && context['inputFocus'] === true && isTyped(key)) {
        return { kind: 'typing' };
      }
      const wanted = chord === undefined ? key : `${chord} ${key}`;
      const candidates = active(context);
      // A chord wins over an earlier binding of its first key.
      const hit = candidates.find((one) => one.key === wanted || one.key.startsWith(`${wanted} `));
      if (hit?.key === wanted) return { kind: 'action', action: actionOf(hit) };
      if (chord !== undefined) return { kind: 'unknown-chord', chord: wanted };
      if (hit !== undefined) return { kind: 'pending', chord: key };
      return context['inputFocus'] === true ? { kind: 'typing' } : { kind: 'none' };
    },
  };
}

function actionOf(binding: Keybinding): Action {
  const { command, args } = binding;
  return args === undefined ? { command } : { command, args };
}

const movesInInput = new Set(['left', 'right', 'home', 'end', 'backspace', 'delete', 'space']);

/** Keys that a text input takes before all bindings: what prints, and what moves in the text. */
function isTyped(key: string): boolean {
  return movesInInput.has(key) || Array.from(key).length === 1;
}
