import { defaultKeybindings } from '../keys/default-keybindings.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import { listKeybindings } from '../keys/list-keybindings.ts';
import type { Screen } from '../screens/bench.ts';
import { helpBindings } from './help/help-commands.ts';
import { tourBindings } from './tour/tour-commands.ts';

/** All keys there are without the user's own; later ones win. */
export function presetKeys(screens: readonly Screen[]): readonly Keybinding[] {
  return [
    ...defaultKeybindings,
    ...screens.flatMap(bindingsOf),
    ...listKeybindings,
    ...helpBindings,
    ...tourBindings,
  ];
}

/** A screen's keys hold while it is in front and nothing lies over it. */
function bindingsOf(screen: Screen): readonly Keybinding[] {
  const here = `view == ${screen.id} && part == editor && overlay == none`;
  return screen.bindings.map((binding) => ({
    ...binding,
    when: binding.when === undefined ? here : `${here} && ${binding.when}`,
  }));
}
