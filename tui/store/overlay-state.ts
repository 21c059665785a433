import type { Action } from './action.ts';
import type { FieldState, Place, RowChoice } from './ui-state.ts';

/** What lies over the workbench and takes all keys. */
export type Overlay = DialogState | PickerState | KeyHelpState | HelpState;

export interface DialogButton {
  readonly label: string;
  /** Absent: closes the dialog and does nothing. */
  readonly action?: Action;
}

/** A question. The first button is focused and harmless. */
export interface DialogState {
  readonly kind: 'dialog';
  readonly title: string;
  readonly body: readonly string[];
  readonly tone: 'plain' | 'warning' | 'error';
  readonly buttons: readonly DialogButton[];
  /** Of the buttons; -1: the text to type. */
  readonly focus: number;
  /** The text that must be typed; it goes to the action as argument `confirm`. */
  readonly typed?: { readonly expected: string; readonly field: FieldState };
}

/** The palette, or a question with a list of answers. */
export interface PickerState {
  readonly kind: 'picker';
  readonly mode: PickerMode;
  readonly field: FieldState;
  readonly place: Place;
  /** The cell it belongs to, such as the one that was clicked; absent: it stands in the middle. */
  readonly at?: Cell;
  /** What is chosen is for this row alone. */
  readonly only?: RowChoice;
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** `argument`: asks for the arguments of a command, one after the other. */
export type PickerMode =
  | { readonly kind: 'commands' }
  | { readonly kind: 'go-to' }
  | {
      readonly kind: 'argument';
      readonly command: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly asks: string;
    }
  /** One text, which goes to the action as argument `text`. `note`: what may be typed, or what is wrong with it. */
  | {
      readonly kind: 'value';
      readonly title: string;
      readonly note: string;
      readonly action: Action;
    }
  /** Things to choose from that are known already. */
  | { readonly kind: 'offers'; readonly title: string; readonly offers: readonly Offer[] };

/** `detail` stands at the right; `disabled`: why it can't be chosen. */
export interface Offer {
  readonly title: string;
  readonly detail: string;
  readonly disabled?: string;
  readonly action: Action;
}

/** `asking`: the next key is not run but looked up; `asked`: the one that was. */
/** A page of the help; where it was scrolled to stands with the places of all pages. */
export interface HelpState {
  readonly kind: 'help';
  readonly topic: string;
}

export interface KeyHelpState {
  readonly kind: 'keys';
  readonly asking?: true;
  readonly asked?: string;
  readonly field: FieldState;
  readonly place: Place;
}
