import { parseWhen, type When } from '../store/when.ts';
import type { Keybinding } from './keybinding.ts';
import { isRemoved, type UserRule, withRules } from './user-keybindings.ts';

/**
 * What a rule of the user does to others. `overrides`: a preset; `conflicts`: another rule of the file, of which the
 * later wins; `hides`: chords that begin with its key; `removes-nothing`: no such binding stands before it.
 */
export type KeyConflict =
  | {
      readonly kind: 'overrides' | 'conflicts' | 'hides';
      readonly line: number;
      readonly winner: Keybinding;
      readonly loser: Keybinding;
    }
  | { readonly kind: 'removes-nothing'; readonly line: number; readonly command: string };

export function keyConflicts(
  presets: readonly Keybinding[],
  rules: readonly UserRule[],
): readonly KeyConflict[] {
  return rules.flatMap((rule, index): readonly KeyConflict[] => {
    const before = withRules(presets, rules.slice(0, index));
    const { line } = rule;
    if (rule.kind === 'remove') {
      const { command } = rule;
      const removes = before.some((one) => isRemoved(one, rule));
      return removes ? [] : [{ kind: 'removes-nothing', line, command }];
    }
    const winner = rule.binding;
    return before
      .filter((one) => mayBothHold(one, winner) && !isSame(one, winner))
      .flatMap((loser): readonly KeyConflict[] => {
        const isChordOf = winner.key.startsWith(`${loser.key} `);
        if (loser.key === winner.key || isChordOf) {
          const kind = presets.includes(loser) ? 'overrides' : 'conflicts';
          return [{ kind, line, winner, loser }];
        }
        const hides = loser.key.startsWith(`${winner.key} `);
        return hides ? [{ kind: 'hides', line, winner, loser }] : [];
      });
  });
}

function isSame(a: Keybinding, b: Keybinding): boolean {
  return (
    a.command === b.command &&
    a.key === b.key &&
    JSON.stringify(a.args ?? {}) === JSON.stringify(b.args ?? {})
  );
}

/** False only where it is certain that two conditions exclude each other. */
export function mayBothHold(a: Pick<Keybinding, 'when'>, b: Pick<Keybinding, 'when'>): boolean {
  const [ours, theirs] = [demandsOf(a.when), demandsOf(b.when)];
  return !ours.some((one) => theirs.some((other) => excludes(one, other)));
}

interface Demand {
  readonly key: string;
  /** Undefined: any value that counts as true. */
  readonly value: string | undefined;
  readonly holds: boolean;
}

/** What must be so, as far as a condition says it without "or". */
export function demandsOf(when: string | undefined): readonly Demand[] {
  return when === undefined ? [] : demandsIn(parseWhen(when));
}

function demandsIn(when: When): readonly Demand[] {
  if (when.kind === 'and') return when.parts.flatMap(demandsIn);
  if (when.kind === 'not') return plainDemand(when.of, false);
  return plainDemand(when, true);
}

function plainDemand(when: When, holds: boolean): readonly Demand[] {
  if (when.kind === 'key') return [{ key: when.key, value: undefined, holds }];
  if (when.kind === 'equals') return [{ key: when.key, value: when.value, holds }];
  return [];
}

function excludes(a: Demand, b: Demand): boolean {
  if (a.key !== b.key) return false;
  if (a.holds && b.holds) {
    return a.value !== undefined && b.value !== undefined && a.value !== b.value;
  }
  return a.holds !== b.holds && a.value === b.value;
}
