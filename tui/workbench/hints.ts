import type { Keybinding } from '../keys/keybinding.ts';
import type { Model } from '../screens/bench.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { contextOf } from './context.ts';
import type { Frame, FrameSources } from './frame.ts';

/** The keys worth showing here: those with a hint that do something now, each key once, the nearest first. */
export function hintsFor(
  model: Model,
  { bindings, canRun }: Pick<FrameSources, 'bindings' | 'canRun'>,
  focus: Pick<Frame, 'region'>,
): readonly Keybinding[] {
  const context = contextOf(model, focus);
  const typing = context['inputFocus'] === true;
  const seen = new Set<string>();
  return bindings()
    .filter(({ hint, key }) => hint !== undefined && !(typing && Array.from(key).length === 1))
    .filter(({ when }) => when === undefined || evaluateWhen(parseWhen(when), context))
    .toReversed()
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .filter(({ command }) => canRun(command));
}
