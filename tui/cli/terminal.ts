import type { Server } from '../host/ssh/server.ts';
import type { WindowSettings } from './window-options.ts';

/** What the command line needs of the program it runs in; a test gives its own. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly stdinIsTty: boolean;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** Columns of the terminal behind stderr. */
  readonly columns: () => number;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks on the terminal; undefined: nobody can answer. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  /** The same without showing what is typed; from pipes the next line of standard input. */
  readonly askSecret: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Calls back at every Ctrl+C until disposed of; the newest listener only. */
  readonly onInterrupt: (listener: () => void) => Disposable;
  /** Runs a program with this terminal; its exit status, 128 + n where signal n ended it. */
  readonly runProgram: (argv: readonly string[]) => Promise<number>;
  readonly openWorkbench: (options: {
    readonly socket: string;
    /** Absent: this machine. */
    readonly server?: Server | undefined;
    readonly demo: boolean;
    /** From the command line, before those of the file. */
    readonly settings: WindowSettings;
  }) => Promise<number>;
}

/** Whether one line may be rewritten there. */
export function canRewrite(terminal: Terminal): boolean {
  return terminal.stderrIsTty && terminal.env['TERM'] !== 'dumb';
}
