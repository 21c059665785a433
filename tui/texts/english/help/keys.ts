import type { HelpTopicText } from './help-topic.ts';

export const keys: HelpTopicText = {
  title: 'Keys and mouse',
  body: `
"?" lists every key that works where you are and runs the one you choose. No command needs a key with a modifier: all of
them are in the palette (":").

## Everywhere
- 1 to 8: the screens. While typing, Alt+1 to Alt+8
- : or F1: commands. Ctrl+P: go to a screen, backup, job, service or schedule
- b: back up now. R: plan of a reset. C: checkpoint
- Enter opens or presses, Esc goes back, Tab and Shift+Tab move between fields, buttons and lists
- arrows, PgUp, PgDn, Home, End, or j k g G, move in a list
- ]: the panel with jobs, log, problems and commands; { and } its tabs; F6 into it and back
- m or . or a right click: what can be done with the selected row, each with its key. N: earlier messages
- Ctrl+K begins a chord; what may follow is listed after a moment. Ctrl+K r: read-only on or off
- %: mouse on or off. Ctrl+Z: to the shell, fg comes back
- Ctrl+R: connect again now. q: leave; Kedge and its jobs go on

## Which key does what
Type into "?" a part of a key or of what it does. "?" there (or Alt+K anywhere) asks for a key: press any, and see what it
does here and elsewhere.

## Your own keys
"Open keybindings" in the palette (Ctrl+K Ctrl+S) edits ~/.config/kedge/keybindings.json, in the form VS Code has it:
  [
    { "key": "ctrl+k x", "command": "view.jobs" },
    { "key": "q", "command": "-quit" }
  ]
The last rule that holds wins, "-" takes a preset away, "when" says where it holds. What is wrong is told with its line and
the rest holds at once. "Open default keybindings" has all presets to copy from, "Show key conflicts" what your rules do to
others. Ctrl+Tab, Ctrl+Enter and Ctrl with digits never reach a program in a terminal, and are refused by name.

## Settings of the interface
Screen 8, then i: theme, language, mouse, read-only, and the rest; they stand in ~/.config/kedge/settings.jsonc.

## Dialogs
Cancel is always first and has the focus. The worst ones want a name typed, so that no habit of the hand answers them.

## Mouse
A click selects, a second one on the same row opens; buttons, tabs, the names of the screens and the doors in the bottom
line take clicks, the wheel scrolls. To select text with the mouse hold Shift, or turn the mouse off with "%".

## Terminals
NO_COLOR, TERM, LANG and the size of the window are heeded; 40x10 is the least. --theme, --ascii, --reduced-motion,
--language, --screen-reader, --no-mouse and --read-only say it for one window, screen 8 for all. What your terminal can
do, kedge doctor says.
`,
};
