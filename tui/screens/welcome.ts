import { texts } from '../texts/texts.ts';
import type { Model } from './bench.ts';

/** What an empty list says; where nothing is protected at all, how that begins. */
export function emptyOr(
  { state }: Pick<Model, 'state'>,
  empty: readonly string[],
): readonly string[] {
  return state.snapshot?.application === undefined ? texts.overview.welcome : empty;
}
