import type { Keymap } from '../keys/keymap.ts';
import type { Screen, UiCommand } from '../screens/bench.ts';
import { texts } from '../texts/texts.ts';
import { focusCommands } from './commands/focus-commands.ts';
import { keyCommands } from './commands/key-commands.ts';
import { languageCommands } from './commands/language-commands.ts';
import { listCommands } from './commands/list-commands.ts';
import { listToolCommands } from './commands/list-tool-commands.ts';
import { lookCommands } from './commands/look-commands.ts';
import { menuCommands } from './commands/menu-commands.ts';
import { overlayCommands } from './commands/overlay-commands.ts';
import { problemCommands } from './commands/problem-commands.ts';
import { viewCommands } from './commands/view-commands.ts';
import { windowCommands } from './commands/window-commands.ts';
import { connectionCommands } from './connection/connection-commands.ts';
import type { BenchHost } from './create-bench.ts';
import type { Frame } from './frame.ts';
import { helpCommands } from './help/help-commands.ts';
import { tourCommands } from './tour/tour-commands.ts';

export interface CommandSources {
  readonly screens: readonly Screen[];
  readonly host: BenchHost;
  readonly frame: () => Frame;
  readonly keymap: () => Keymap;
  /** All of them, once they are made. */
  readonly commands: () => readonly UiCommand[];
}

/** Every command of the window; those of the product stand in commands/registry.ts. */
export function allCommands(sources: CommandSources): readonly UiCommand[] {
  const { screens, host, frame, keymap, commands } = sources;
  return [
    ...viewCommands(screens),
    ...screens.flatMap((screen) => screen.commands),
    ...focusCommands(frame),
    ...listCommands(frame),
    ...listToolCommands(frame),
    ...overlayCommands(frame),
    ...windowCommands(),
    ...connectionCommands(host.connection),
    ...languageCommands(),
    ...lookCommands(),
    ...problemCommands(),
    ...menuCommands({ frame, keymap, commands }),
    ...keyCommands({ keymap, commands, editText: host.editText }),
    ...helpCommands,
    ...tourCommands,
    ...terminalCommands(host),
  ];
}

/** What is done to the terminal itself. */
function terminalCommands(host: BenchHost): readonly UiCommand[] {
  const category = texts.workbench.groups.window;
  const { redraw, suspend, mouse } = texts.workbench.commands;
  return [
    { id: 'redraw', title: redraw, category, run: host.redraw },
    { id: 'suspend', title: suspend, category, run: (bench) => bench.suspend(host.stopToShell) },
    {
      id: 'mouse',
      title: mouse,
      category,
      run(bench) {
        const on = !bench.model().ui.mouse;
        host.setMouse(on);
        bench.updateUi((ui) => ({ ...ui, mouse: on }));
        bench.settings.set('mouse', on);
        bench.notify('ok', on ? texts.workbench.mouseOn : texts.workbench.mouseOff);
      },
    },
  ];
}
