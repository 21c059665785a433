import type { Job, Progress } from '../../protocol/domain/job.ts';
import type { Call } from '../client/client.ts';
import type { OverLinks } from '../client/over-links.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';

export type ArgumentKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'choice'
  | 'backup'
  | 'store'
  | 'service'
  | 'schedule'
  | 'undo'
  | 'recovery'
  | 'job'
  | 'alarm'
  | 'topic'
  | 'path';

/** One argument of a command: an option of the command line, a field of a form. */
export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly description: string;
  /** Given by its place on the command line instead of `--name`. */
  readonly positional?: boolean;
  readonly required?: boolean;
  /** Needed where this other one is not given. */
  readonly unless?: string;
  /** May be given more than once; a positional one is the last and takes all that follow. */
  readonly many?: boolean;
  /** Of a positional one: it takes all that follows "--", untouched. */
  readonly afterDashes?: boolean;
  readonly choices?: readonly string[];
  /** How the value is called in help, such as FOLDER. */
  readonly placeholder?: string;
}

export type ArgumentValue = string | number | boolean | readonly string[];
/** By name of the argument. */
export type Arguments = Readonly<Record<string, ArgumentValue | undefined>>;

/** What a command gets to work with; the command line and the workbench each give their own. */
export interface CommandContext {
  readonly call: Call;
  /** For transfers, which outlive connections. */
  readonly overLinks: OverLinks;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Waits for a job to end and shows its progress meanwhile. Throws its failure. */
  readonly followJob: (job: number) => Promise<Job>;
  /** Shows how far something is that works in this program. */
  readonly watch: <T>(act: (report: (progress: Progress) => void) => Promise<T>) => Promise<T>;
  /** A remark beside the result. */
  readonly note: (line: string) => void;
  /** Lines to read before what comes next, such as a restore plan before its confirmation. */
  readonly show: (lines: readonly string[]) => void;
  /** A result that has no end, piece by piece: a line each; with --json each as a JSON text. */
  readonly emit: (lines: readonly string[]) => void;
  /** Asks for a typed answer; undefined: nobody can answer, or they turned away. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /**
   * The same for what nobody may see: nothing is shown while it is typed. Without a terminal it is the next line
   * of standard input, unless `from` says that only a person counts.
   */
  readonly askSecret: (question: string, from?: 'terminal') => Promise<string | undefined>;
  /** Opens an editor on a text; undefined: left as it was. */
  readonly editText: (text: string, fileName: string) => Promise<string | undefined>;
  readonly now: () => number;
}

/** `data` for `--json`; `lines` for people, sanitised where they are printed. */
interface Report {
  readonly data: unknown;
  readonly lines: readonly string[];
  /** For `--json`: one more key of `data`, too long to be held, page by page. */
  readonly list?: { readonly key: string; readonly pages: AsyncIterable<readonly unknown[]> };
}

export type CommandOutcome =
  | {
      readonly kind: 'job';
      readonly job: number;
      /** What to print of it when it is done, where its result alone does not say all. */
      readonly report?: (job: Job, forPrograms: boolean) => Promise<Report>;
    }
  | {
      readonly kind: 'data';
      /** For `--json`. */
      readonly data: unknown;
      /** For people; sanitised where they are printed. */
      readonly lines: readonly string[];
      /** Of the command line, where what was asked for was done and its answer is bad; absent: 0. */
      readonly exit?: number;
    };

/** `confirm`: ask once. `type-name`: the text of `confirmation` must be typed and given as `confirm`. */
export type Danger = 'none' | 'confirm' | 'type-name';

/** One record that feeds palette, keys, menus, help and, with `cli`, the command line. */
export interface Command {
  /** Such as `backup.create`. */
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  readonly args: readonly Argument[];
  /** Words of the command line, such as ['backup', 'create']; absent: a workbench command. */
  readonly cli?: readonly string[];
  /** Where it is offered; grammar of store/when.ts. */
  readonly when?: string;
  readonly danger: Danger;
  /** Changes nothing of the application, its backups and services: works in read-only mode too. */
  readonly reads?: true;
  readonly examples: readonly string[];
  /** What must run: Kedge, or nothing at all because the command line sees to it by itself. */
  readonly needs?: 'kedge' | 'nothing';
  /** Ends in a job that is followed. */
  readonly startsJob?: boolean;
  /** Why it can't run now, in words; undefined: it can. */
  readonly disabledReason?: (state: State) => string | undefined;
  /** The text to type for `type-name`. */
  readonly confirmation?: (context: CommandContext, args: Arguments) => Promise<string>;
  readonly run: (context: CommandContext, args: Arguments) => Promise<CommandOutcome>;
}
