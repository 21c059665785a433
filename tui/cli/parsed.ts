import type { Arguments, Command } from '../commands/command.ts';

/** Options that every command takes. */
export interface Globals {
  readonly json: boolean;
  readonly socket?: string | undefined;
  readonly color: boolean;
  /** False: a job is started and not waited for. */
  readonly wait: boolean;
}

/** What a command line asks for. */
export type Parsed =
  | { readonly kind: 'workbench' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly words: readonly string[] }
  /** Words that begin commands but name none, such as "backup". */
  | { readonly kind: 'group'; readonly words: readonly string[] }
  | { readonly kind: 'command'; readonly command: Command; readonly args: Arguments };
