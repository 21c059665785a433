import type { Arguments, Command } from '../commands/command.ts';
import type { ServerOptions } from './server-options.ts';
import type { WindowSettings } from './window-options.ts';

/** Options that every command takes. */
export interface Globals extends ServerOptions {
  readonly json: boolean;
  readonly socket?: string | undefined;
  readonly color: boolean;
  /** False: a job is started and not waited for. */
  readonly wait: boolean;
  /** For commands that open the terminal interface. */
  readonly window: WindowSettings;
}

/** What a command line asks for. */
export type Parsed =
  | { readonly kind: 'workbench' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly words: readonly string[] }
  /** Words that begin commands but name none, such as "backup". */
  | { readonly kind: 'group'; readonly words: readonly string[] }
  | { readonly kind: 'command'; readonly command: Command; readonly args: Arguments };
