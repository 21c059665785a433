import * as z from 'zod';
import { findCommand } from '../commands/registry.ts';
import { type Keybinding, wordKey } from '../keys/keybinding.ts';
import type { Model, UiCommand } from '../screens/bench.ts';
import type { KeyHelpState } from '../store/overlay-state.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { movements } from './commands/list-commands.ts';
import { contextOf } from './context.ts';
import type { Frame } from './frame.ts';
import { matchItems, type PickerItem } from './picker-item.ts';

const Movement = z.enum(movements);

/** Every key that works where the focus was before the help opened, to be filtered and run from there. */
export function keyHelpItems(
  model: Model,
  help: KeyHelpState,
  bindings: readonly Keybinding[],
  commands: readonly UiCommand[],
  focus: Pick<Frame, 'region'>,
): readonly PickerItem[] {
  const { overlay: _overlay, ...ui } = model.ui;
  const context = contextOf({ ...model, ui }, focus);
  const items = bindings
    .filter(({ when }) => when === undefined || evaluateWhen(parseWhen(when), context))
    .toReversed()
    .map((binding): PickerItem => {
      const command = commands.find(({ id }) => id === binding.command);
      const product = findCommand(binding.command);
      const { command: id, args } = binding;
      return {
        id: `${binding.key} ${id} ${JSON.stringify(args ?? {})}`,
        group: spoken(command?.category ?? product?.category ?? ''),
        title: titleOf(binding, spoken(command?.title ?? product?.title ?? id)),
        detail: wordKey(binding.key),
        action: args === undefined ? { command: id } : { command: id, args },
      };
    });
  return matchItems(items, help.field.text);
}

/** A binding with arguments says which. */
function titleOf(binding: Keybinding, title: string): string {
  const movement = Movement.safeParse(binding.args?.['movement']);
  if (movement.success) return texts.workbench.movements[movement.data];
  const values = Object.values(binding.args ?? {}).filter((value) => typeof value === 'string');
  return values.length === 0 ? title : `${title}: ${values.join(' ')}`;
}
