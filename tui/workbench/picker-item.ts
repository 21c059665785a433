import type { Action } from '../store/action.ts';
import { fuzzyScore } from './fuzzy.ts';

/** Something to choose in the palette. `detail`: a key, a kind, a time; also searched. */
export interface PickerItem {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly detail: string;
  readonly disabled?: string | undefined;
  readonly action: Action;
}

/** The items that match, best first; with nothing typed all, in their order. */
export function matchItems(items: readonly PickerItem[], typed: string): readonly PickerItem[] {
  if (typed.trim() === '') return items;
  return items
    .flatMap((item) => {
      const score = fuzzyScore(typed, `${item.group}: ${item.title} ${item.detail}`);
      return score === undefined ? [] : [{ item, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
