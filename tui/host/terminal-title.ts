import type { TextSink } from './terminal-modes.ts';

/** xterm's stack of titles: the one of the shell comes back. Terminals without it ignore both. */
const keepTitle = '\u001B[22;2t';
const bringBack = '\u001B[23;2t';

/** The title of the terminal's window (OSC 2). Undefined: that of the shell again. */
export interface TerminalTitle {
  show(title: string | undefined): void;
}

export function createTerminalTitle(sink: TextSink): TerminalTitle {
  let shown: string | undefined;
  return {
    show(title) {
      if (title === shown) return;
      if (title === undefined) sink.write(bringBack);
      else {
        const printable = title.replaceAll(/\p{Control}/gu, ' ');
        sink.write(`${shown === undefined ? keepTitle : ''}\u001B]2;${printable}\u0007`);
      }
      shown = title;
    },
  };
}

/** The Linux console and plain terminals would print it. */
export function takesTitle(environment: Readonly<Record<string, string | undefined>>): boolean {
  return /^(?:xterm|screen|tmux|rxvt|putty|alacritty|foot|kitty|st|vte|konsole|gnome)/.test(
    environment['TERM'] ?? '',
  );
}
