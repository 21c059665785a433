import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import type { CommandOutcome } from '../commands/command.ts';
import type { Settings } from '../host/settings/settings.ts';
import type { SettingsStore } from '../host/settings/settings-store.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import type { Action, ActionArgs } from '../store/action.ts';
import type { Cell, DialogState, Offer } from '../store/overlay-state.ts';
import type { Session } from '../store/session.ts';
import type { State } from '../store/state.ts';
import type {
  Loaded,
  LoadedData,
  RowChoice,
  ToastTone,
  UiState,
  ViewId,
} from '../store/ui-state.ts';
import type { Glyphs } from '../theme/theme.ts';
import type { Areas } from '../widgets/draw-context.ts';
import type { Section } from '../widgets/section.ts';

/** Everything that a view function sees. It touches nothing else, not even the clock. */
export interface Model {
  readonly state: State;
  readonly ui: UiState;
  readonly nowMs: number;
  readonly columns: number;
  readonly rows: number;
  /** Cells of the editor: the window without the column of names. */
  readonly editorColumns: number;
  readonly glyphs: Glyphs;
  /** Of the interface, as they hold now. */
  readonly settings: Settings;
}

/** What the commands of the workbench act on. */
export interface Bench {
  readonly session: Session;
  readonly settings: SettingsStore;
  model(): Model;
  /** Lists and pages as they lie on the screen now. */
  areas(): Areas;
  layout(): { readonly panelRows: number };
  updateUi(change: (ui: UiState) => UiState): void;
  /** Runs any command: of the workbench, or of the product with its arguments asked for. */
  run(action: Action): void;
  /** A field or choice of the screen in front was changed. */
  fieldChanged(field: string): void;
  notify(tone: ToastTone, text: string): void;
  /** Opens a dialog; the focus is on its first button, or on the text to type. */
  ask(dialog: Omit<DialogState, 'kind' | 'focus'>): void;
  /** Opens a list of things to choose from. */
  choose(offers: {
    readonly title: string;
    readonly offers: readonly Offer[];
    /** The one that is selected first; absent: the first. */
    readonly selected?: number;
    readonly at?: Cell | undefined;
    readonly only?: RowChoice | undefined;
  }): void;
  /** Asks for one text, which goes to the action as argument `text`. */
  enter(asked: {
    readonly title: string;
    readonly note: string;
    readonly text: string;
    readonly action: Action;
  }): void;
  /**
   * Runs commands of the product one after the other; consent was given for all. Tells under that title, or that of their
   * command, what came of them and how many were refused.
   */
  runAll(actions: readonly Action[], title?: string): void;
  /** Asks Kedge for the data of a page; an answer that comes too late is dropped. */
  load<K extends keyof LoadedData>(slot: K, about: string, read: () => Promise<ValueOf<K>>): void;
  /** Puts text on the clipboard of the terminal (OSC 52) and shows it. */
  copy(text: string): void;
  /** Gives the terminal away while the callback runs. */
  suspend(callback: () => Promise<void>): Promise<void>;
  leave(exitCode: number): void;
}

export type ValueOf<K extends keyof LoadedData> =
  NonNullable<LoadedData[K]> extends Loaded<infer T> ? T : never;

/** A command of the workbench: it acts on this window, or leads to a command of the product. */
export interface UiCommand {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** Not for the palette: it needs arguments that only the screen has, such as a click. */
  readonly internal?: true;
  readonly disabledReason?: (model: Model) => string | undefined;
  readonly run: (bench: Bench, args: ActionArgs) => void | Promise<void>;
}

/** One of the eight screens. A new one is a folder and a line in the list of screens. */
export interface Screen {
  readonly id: ViewId;
  readonly title: string;
  readonly sections: (model: Model) => readonly Section[];
  readonly commands: readonly UiCommand[];
  /** Hold only while this screen is in front and nothing lies over it. */
  readonly bindings: readonly Keybinding[];
  /** Asks for what the screen shows beyond the snapshot. */
  readonly onShow?: (bench: Bench) => void;
  /**
   * Asked for on and on while the screen is in front and the key stays the same; `run` ends with its signal.
   * Undefined: nothing is.
   */
  readonly live?: {
    readonly key: (ui: UiState) => string | undefined;
    readonly run: (bench: Bench, key: string, signal: AbortSignal) => Promise<void>;
  };
  /** What Kedge reports came for the first time while this screen was in front already, as over a slow line. */
  readonly onFirstSnapshot?: (bench: Bench) => void;
  /** What Kedge reports has changed while this screen is in front. */
  readonly onSnapshot?: (bench: Bench, before: Snapshot) => void;
  /** A field or choice of this screen was changed. */
  readonly onField?: (bench: Bench, field: string) => void;
  /** A product command ended well, wherever it was started. */
  readonly onOutcome?: (bench: Bench, command: string, outcome: CommandOutcome) => void;
}
