/**
 * Edge scrolling: the window moves only when the selection would leave it, and no further than
 * needed. Few rows change then, which is what counts over a slow line.
 */
export function edgeScroll(top: number, selected: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  const shown = selected < top ? selected : Math.max(top, selected - height + 1);
  return Math.min(Math.max(0, shown), last);
}

export type Movement =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'wheel-up'
  | 'wheel-down';

const wheelRows = 3;

/** The place that a movement leads to, among `count`, with `height` rows to a page. */
export function move(place: number, movement: Movement, height: number, count: number): number {
  const page = Math.max(1, height - 1);
  const steps: Readonly<Record<Movement, number>> = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    first: -count,
    last: count,
    'wheel-up': -wheelRows,
    'wheel-down': wheelRows,
  };
  return Math.max(0, Math.min(count - 1, place + steps[movement]));
}
