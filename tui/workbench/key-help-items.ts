import { demandsOf } from '../keys/key-conflicts.ts';
import { type Keybinding, wordKey } from '../keys/keybinding.ts';
import type { Model, UiCommand } from '../screens/bench.ts';
import type { KeyHelpState } from '../store/overlay-state.ts';
import { viewIds } from '../store/ui-state.ts';
import { type ContextKeys, evaluateWhen, parseWhen } from '../store/when.ts';
import { texts } from '../texts/texts.ts';
import { describeBinding } from './binding-title.ts';
import { contextOf } from './context.ts';
import type { Frame } from './frame.ts';
import { matchItems, type PickerItem } from './picker-item.ts';

/**
 * Every key that works where the focus was before the help opened, to be filtered and run from there; of a key that was
 * pressed all that it does, here first, and elsewhere.
 */
export function keyHelpItems(
  model: Model,
  help: KeyHelpState,
  bindings: readonly Keybinding[],
  commands: readonly UiCommand[],
  focus: Pick<Frame, 'region'>,
): readonly PickerItem[] {
  const { overlay: _overlay, ...ui } = model.ui;
  const context = contextOf({ ...model, ui }, focus);
  const newest = bindings.toReversed();
  const here = newest.filter((one) => holds(one, context));
  const items = (ofKey: readonly Keybinding[], away: boolean): readonly PickerItem[] =>
    ofKey.map((one) => itemOf(one, commands, away));
  const { asked, asking } = help;
  if (asking === true) return [];
  if (asked === undefined) return matchItems(items(nearest(here), false), help.field.text);
  const [first, ...shadowed] = here.filter((one) => beginsWith(one, asked));
  const elsewhere = newest.filter((one) => beginsWith(one, asked) && !holds(one, context));
  // A chord leaves the other chords of its first key their places.
  const alsoHere = shadowed.filter(({ key }) => key !== first?.key);
  const winning = first === undefined ? [] : [first, ...alsoHere];
  const all = [...items(winning, false), ...items(elsewhere, true)];
  // The same in two lists of one screen is one answer.
  const told = [...Map.groupBy(all, ({ title, disabled }) => `${title} ${disabled}`).values()];
  return matchItems(
    told.flatMap(([one]) => one ?? []),
    help.field.text,
  );
}

/** Of several bindings of a key only the nearest ever runs. */
function nearest(here: readonly Keybinding[]): readonly Keybinding[] {
  const seen = new Set<string>();
  return here.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function holds({ when }: Keybinding, context: ContextKeys): boolean {
  return when === undefined || evaluateWhen(parseWhen(when), context);
}

function beginsWith({ key }: Keybinding, asked: string): boolean {
  return key === asked || key.startsWith(`${asked} `);
}

function itemOf(binding: Keybinding, commands: readonly UiCommand[], away: boolean): PickerItem {
  const { command: id, args, when } = binding;
  return {
    ...describeBinding(binding, commands),
    id: `${binding.key} ${id} ${when ?? ''} ${JSON.stringify(args ?? {})}`,
    detail: wordKey(binding.key),
    action: args === undefined ? { command: id } : { command: id, args },
    ...(away ? { disabled: placeOf(binding) } : {}),
  };
}

/** Where a binding holds, as far as one word says it. */
function placeOf({ when }: Keybinding): string {
  const { keyHelp, views } = texts.workbench;
  const demands = demandsOf(when).filter(({ holds: positive }) => positive);
  const demanded = (key: string): string | undefined =>
    demands.find((one) => one.key === key)?.value;
  const view = viewIds.find((id) => id === demanded('view'));
  if (view !== undefined) return keyHelp.in(views[view]);
  if (demanded('part') === 'panel') return keyHelp.inPanel;
  const overlay = demanded('overlay');
  if (overlay === 'dialog') return keyHelp.inDialogs;
  if (overlay !== undefined && overlay !== 'none') return keyHelp.inPickers;
  return keyHelp.elsewhere;
}
