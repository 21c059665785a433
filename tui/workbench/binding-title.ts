import * as z from 'zod';
import { findCommand } from '../commands/registry.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import type { UiCommand } from '../screens/bench.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { movements } from './commands/list-commands.ts';

const Movement = z.object({ movement: z.enum(movements) });

/** Category and title of what a key runs. */
export function describeBinding(
  binding: Keybinding,
  commands: readonly UiCommand[],
): { readonly group: string; readonly title: string } {
  const command = commands.find(({ id }) => id === binding.command) ?? findCommand(binding.command);
  return {
    group: spoken(command?.category ?? ''),
    title: titleOf(binding, spoken(command?.title ?? binding.command)),
  };
}

/** A binding with arguments says which. */
function titleOf({ args, hint }: Keybinding, title: string): string {
  const movement = Movement.safeParse(args);
  if (movement.success) return texts.workbench.movements[movement.data.movement];
  const values = Object.values(args ?? {}).filter((value) => typeof value === 'string');
  if (values.length > 0) return `${title}: ${values.join(' ')}`;
  // "Open" opens something else everywhere: the hint says what.
  return title === spoken(texts.workbench.open) && hint !== undefined
    ? `${title}: ${spoken(hint)}`
    : title;
}
