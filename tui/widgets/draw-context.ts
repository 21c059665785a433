import type { Place } from '../store/ui-state.ts';
import type { Glyphs } from '../theme/theme.ts';
import type { Line } from './line.ts';

/** What drawing needs besides the thing drawn. */
export interface DrawContext {
  readonly width: number;
  readonly glyphs: Glyphs;
  /** The region that has the focus; undefined: none here. */
  readonly focus: string | undefined;
  readonly places: Readonly<Record<string, Place>>;
}

/** How a list or page came to lie on the screen; movements and the wheel count by it. */
export interface Area {
  readonly kind: 'list' | 'page';
  readonly rows: number;
  readonly count: number;
  readonly top: number;
  readonly selected: number;
}

export type Areas = Readonly<Record<string, Area>>;

/** `focusRow`: the row that should stay visible. */
export interface Drawn {
  readonly lines: readonly Line[];
  readonly areas: Areas;
  readonly focusRow?: number;
}
