/** Clicks and wheel (1000) in SGR form (1006), bracketed paste (2004). No motion: it floods slow lines. */
const mouseOn = '\u001B[?1000h\u001B[?1006h';
const mouseOff = '\u001B[?1006l\u001B[?1000l';
const pasteOn = '\u001B[?2004h';
const pasteOff = '\u001B[?2004l';
const modesOff = pasteOff + mouseOff;
// Without wrapping, a name that the terminal takes for wider than it is costs the end of its row, not the next row.
const ownScreen = '\u001B[?1049h\u001B[?7l';
const shellScreen = '\u001B[?7h\u001B[?1049l';
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
// ECMA-48 BDSM, as VTE has it: text is ordered by the program, or by the terminal, as it does at its start.
export const orderedByProgram = '\u001B[8l';
export const orderedByTerminal = '\u001B[8h';
const clearScreen = '\u001B[2J';
const resetStyle = '\u001B[0m';

export interface TextSink {
  write(text: string): unknown;
}

export function turnModesOn(sink: TextSink, mouse: boolean): void {
  sink.write(mouse ? mouseOn + pasteOn : pasteOn);
}

/** Without it the terminal's own selecting and copying works again. */
export function setMouse(sink: TextSink, on: boolean): void {
  sink.write(on ? mouseOn : mouseOff);
}

export function turnModesOff(sink: TextSink): void {
  sink.write(modesOff);
}

/** A screen of its own beside that of the shell, without a cursor. */
export function enterScreen(sink: TextSink): void {
  sink.write(ownScreen + hideCursor);
}

export function leaveScreen(sink: TextSink): void {
  setOwnOrder(sink, false);
  // Where the window was resized meanwhile, tmux would leave rows of this screen in that of the shell.
  sink.write(resetStyle + clearScreen + shellScreen + showCursor);
}

const ownOrder = new WeakSet<TextSink>();

/** Whether text from right to left comes in the order in which it is seen; terminals that order it then do not. */
export function setOwnOrder(sink: TextSink, on: boolean): void {
  if (ownOrder.has(sink) === on) return;
  if (on) ownOrder.add(sink);
  else ownOrder.delete(sink);
  sink.write(on ? orderedByProgram : orderedByTerminal);
}

/** After a crash: the screen of the shell again, whatever state the terminal was in. */
export function restoreTerminal(sink: TextSink): void {
  setOwnOrder(sink, false);
  sink.write(modesOff + resetStyle + shellScreen + showCursor);
}
