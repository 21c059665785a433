import { findCommand } from '../commands/registry.ts';
import type { Model, UiCommand } from '../screens/bench.ts';
import { texts } from '../texts/texts.ts';
import { productOf } from './led-to.ts';
import { changesSomething, leadsToChange, wantsKedge } from './read-only.ts';
import { roleReason } from './role-reason.ts';

/** Why a command can't run now, whoever asks: palette, menus, keys. Undefined: it can. */
export function disabledReason(
  id: string,
  model: Model,
  commands: readonly UiCommand[],
): string | undefined {
  const own = commands.find((command) => command.id === id);
  if (own !== undefined) return reasonOfOwn(own, model);
  const product = findCommand(id);
  if (product === undefined) return undefined;
  if (model.state.connection.kind !== 'open') return texts.workbench.disconnectedReason;
  if (model.ui.readOnly && changesSomething(product)) return texts.workbench.readOnly.reason;
  return roleReason(product.id, model.state) ?? product.disabledReason?.(model.state);
}

export function reasonOfOwn(command: UiCommand, model: Model): string | undefined {
  if (model.state.connection.kind !== 'open' && wantsKedge(command.id))
    return texts.workbench.disconnectedReason;
  if (model.ui.readOnly && leadsToChange(command.id)) return texts.workbench.readOnly.reason;
  const product = productOf(command.id);
  const refusal = product === undefined ? undefined : roleReason(product, model.state);
  return refusal ?? command.disabledReason?.(model);
}
