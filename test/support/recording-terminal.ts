import type { Terminal } from '../../tui/cli/terminal.ts';
import { runProgram } from '../../tui/host/run-program.ts';

/** A terminal, or pipes, that keep what is written. */
export interface RecordingTerminal {
  readonly terminal: Terminal;
  readonly out: () => string;
  readonly err: () => string;
  /** Questions that were asked, in order. */
  readonly asked: string[];
  readonly opened: { readonly socket: string; readonly demo: boolean }[];
  /** Presses Ctrl+C. */
  interrupt(): void;
}

export function recordingTerminal(
  options: {
    readonly tty?: boolean;
    readonly env?: NodeJS.ProcessEnv;
    readonly answers?: readonly string[];
  } = {},
): RecordingTerminal {
  const { tty = false, env = {}, answers = [] } = options;
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const opened: { socket: string; demo: boolean }[] = [];
  const listeners: (() => void)[] = [];
  return {
    out: () => out.join(''),
    err: () => err.join(''),
    asked,
    opened,
    interrupt: () => listeners.at(-1)?.(),
    terminal: {
      env,
      stdinIsTty: tty,
      stdoutIsTty: tty,
      stderrIsTty: tty,
      columns: () => 80,
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      async ask(question) {
        asked.push(question);
        return answers[asked.length - 1];
      },
      async askSecret(question) {
        asked.push(question);
        return answers[asked.length - 1];
      },
      onInterrupt(listener) {
        listeners.push(listener);
        return { [Symbol.dispose]: () => listeners.splice(listeners.indexOf(listener), 1) };
      },
      runProgram,
      async openWorkbench(opening) {
        opened.push(opening);
        return 0;
      },
    },
  };
}
