import { demandsOf } from '../keys/key-conflicts.ts';
import { type Keybinding, wordKey } from '../keys/keybinding.ts';
import type { Model, UiCommand } from '../screens/bench.ts';
import type { Offer } from '../store/overlay-state.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { spoken } from '../texts/spoken.ts';
import { describeBinding } from './binding-title.ts';
import { contextOf } from './context.ts';
import { disabledReason } from './disabled-reason.ts';
import type { Frame } from './frame.ts';
import { opened } from './hints.ts';

/**
 * What is possible with what has the focus: the keys that hold here and not everywhere, each command once, with its key
 * and, where it can't run, why. What belongs to this very list comes first.
 */
export function contextMenu(
  model: Model,
  bindings: readonly Keybinding[],
  commands: readonly UiCommand[],
  focus: Pick<Frame, 'region' | 'sections'>,
): readonly Offer[] {
  const context = contextOf(model, focus);
  const seen = new Set<string>();
  const here = bindings
    .toReversed()
    .filter(({ when }) => when === undefined || evaluateWhen(parseWhen(when), context))
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .filter(belongsHere);
  const each = Map.groupBy(here, ({ command, args }) => `${command} ${JSON.stringify(args ?? {})}`);
  return [...each.values()]
    .flatMap((same) => shortest(same) ?? [])
    .toSorted((a, b) => nearness(a) - nearness(b))
    .map((binding) => {
      const { command } = binding;
      const meant = command === 'open' ? (opened(model, focus) ?? command) : command;
      return offerOf(binding, commands, disabledReason(meant, model, commands));
    });
}

/** Of several keys of a command the one that is easiest to press. */
function shortest(same: readonly Keybinding[]): Keybinding | undefined {
  return same.toSorted((a, b) => wordKey(a.key).length - wordKey(b.key).length)[0];
}

/** Moving about is no matter of a menu. */
const moving: ReadonlySet<string> = new Set([
  'back',
  'list.move',
  'menu.open',
  'region.next',
  'region.previous',
  'panel.next',
  'panel.previous',
]);

function belongsHere({ command, when }: Keybinding): boolean {
  if (moving.has(command) || command.startsWith('choice.')) return false;
  return demandsOf(when).some(
    ({ key, value, holds }) =>
      holds && (key === 'view' || key === 'regionKind' || (key === 'part' && value === 'panel')),
  );
}

/** 0: of this list or page; 1: of this screen; 2: of every list. */
function nearness({ command, when }: Keybinding): number {
  const keys = demandsOf(when).map(({ key }) => key);
  if (command === 'open') return 0;
  if (command.startsWith('list.')) return 2;
  return keys.includes('region') || keys.includes('panelTab') ? 0 : 1;
}

function offerOf(
  binding: Keybinding,
  commands: readonly UiCommand[],
  disabled: string | undefined,
): Offer {
  const { key, command, args } = binding;
  return {
    title: describeBinding(binding, commands).title,
    detail: wordKey(key),
    action: args === undefined ? { command } : { command, args },
    ...(disabled === undefined ? {} : { disabled: spoken(disabled) }),
  };
}
