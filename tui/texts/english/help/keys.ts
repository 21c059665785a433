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
- %: mouse on or off. Ctrl+Z: to the shell, fg comes back
- Ctrl+R: connect again now. q: leave; Kedge and its jobs go on

## Dialogs
Cancel is always first and has the focus. The worst ones want a name typed, so that no habit of the hand answers them.

## Mouse
A click selects, a second one on the same row opens; buttons, tabs, the names of the screens and the doors in the bottom
line take clicks, the wheel scrolls. To select text with the mouse hold Shift, or turn the mouse off with "%".

## Terminals
NO_COLOR, TERM, LANG and the size of the window are heeded; 40x10 is the least. For a screen reader set
INK_SCREEN_READER=true. What your terminal can do, kedge doctor says.
`,
};
