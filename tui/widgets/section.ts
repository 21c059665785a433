import type { Action } from '../store/action.ts';
import type { FieldState } from '../store/ui-state.ts';
import type { Line } from './line.ts';

/** What a screen is made of, from top to bottom. A section with an `id` can have the focus. */
export type Section =
  | LinesSection
  | FieldSection
  | ChoiceSection
  | ButtonsSection
  | ListSection
  | PageSection
  | GridSection
  | AsideSection;

/** Fixed lines. `drop`: on low windows the highest goes first; absent: never. */
export interface LinesSection {
  readonly kind: 'lines';
  readonly lines: readonly Line[];
  readonly drop?: number;
}

export interface FieldSection {
  readonly kind: 'field';
  readonly id: string;
  readonly label: string;
  readonly value: FieldState;
  readonly placeholder?: string;
  /** Behind the field: what it is for, or what is wrong with it. */
  readonly note?: Line;
  /** Cells of the field; absent: what the note leaves. */
  readonly cells?: number;
  /** Enter in the field. */
  readonly submit?: Action;
}

export interface ChoiceSection {
  readonly kind: 'choice';
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly note?: Line;
  readonly submit?: Action;
}

export interface Button {
  readonly id: string;
  readonly label: string;
  readonly action: Action;
  /** Why it can't be pressed now. */
  readonly disabled?: string | undefined;
}

export interface ButtonsSection {
  readonly kind: 'buttons';
  readonly buttons: readonly Button[];
}

/** Something of a row that can be copied: what it is called, and its text. */
export interface Copyable {
  readonly title: string;
  readonly text: string;
}

/** What a list can do beyond being moved in; built by build-list.ts. */
export interface ListTools {
  readonly filter?: FieldState | undefined;
  /** The filter takes the keys. */
  readonly typing: boolean;
  /** Rows there are without the filter. */
  readonly total: number;
  readonly marked: number;
  /** In words, where no header shows it. */
  readonly sorted?: string | undefined;
  /** All there are, in their order. */
  readonly columns: readonly {
    readonly id: string;
    readonly title: string;
    readonly shown: boolean;
  }[];
  /** Undefined: rows can't be marked. */
  readonly isMarked?: ((index: number) => boolean) | undefined;
  readonly copies: (index: number) => readonly Copyable[];
}

/** Rows of which only the visible ones are drawn. */
export interface ListSection {
  readonly kind: 'list';
  readonly id: string;
  readonly title?: Line;
  readonly header?: (width: number) => Line;
  readonly count: number;
  /** Finds the selected row again when rows come and go. */
  readonly keyOf: (index: number) => string;
  readonly row: (index: number, width: number) => Line;
  /** Instead of rows: what it would show, and what to do next. */
  readonly empty: readonly string[];
  /** Enter, or a click on the selected row. */
  readonly open?: (index: number) => Action;
  /** Rows it has at least. */
  readonly min: number;
  /** Rows it wants at most; absent: all there are. */
  readonly max?: number;
  /** Stands at its last row until it is moved. */
  readonly follow?: boolean;
  readonly tools?: ListTools;
}

/** Text to read, scrolled by rows. `follow`: stands at its end until moved. */
export interface PageSection {
  readonly kind: 'page';
  readonly id: string;
  readonly lines: (width: number) => readonly Line[];
  readonly min: number;
  readonly follow?: boolean;
}

/** Fixed lines that have the focus as one thing, such as a month whose days are moved among. */
export interface GridSection {
  readonly kind: 'grid';
  readonly id: string;
  readonly lines: (width: number, focused: boolean) => readonly Line[];
  readonly height: number;
  /** Enter. */
  readonly submit?: Action;
}

/** Lines at the right of all other sections, from the top down, parted from them by a line. */
export interface AsideSection {
  readonly kind: 'aside';
  /** Cells, the dividing line included. */
  readonly width: number;
  readonly lines: (width: number) => readonly Line[];
}

/** What can have the focus, in the order of Tab. */
export interface Region {
  readonly id: string;
  readonly kind: 'field' | 'choice' | 'button' | 'list' | 'page' | 'grid';
}

export function regionsOf(sections: readonly Section[]): readonly Region[] {
  return sections.flatMap((section): readonly Region[] => {
    switch (section.kind) {
      case 'lines':
      case 'aside':
        return [];
      case 'buttons':
        return section.buttons.map(({ id }) => ({ id, kind: 'button' }));
      case 'field':
      case 'choice':
      case 'list':
      case 'page':
      case 'grid':
        return [{ id: section.id, kind: section.kind }];
      default:
        return section satisfies never;
    }
  });
}
