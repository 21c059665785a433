import type { KedgeError } from '../../protocol/failures.ts';
import type { Link } from './link.ts';

/** Aborts with the reason when a stream can't go on: lost connection, failure, nothing moving, given up. */
export interface StreamEnd extends Disposable {
  readonly signal: AbortSignal;
  readonly fail: (error: KedgeError) => void;
  /** Something moved. */
  moved(): void;
}

/** A line that is dead without saying so: its connection is given up, and made anew. */
const stillMs = 120_000;

export function watchStream(link: Link, given: AbortSignal): StreamEnd {
  const broken = new AbortController();
  void link.lost.then((reason) => broken.abort(reason));
  const timer = setTimeout(() => link.close(), stillMs).unref();
  return {
    signal: AbortSignal.any([given, broken.signal]),
    fail: (error) => broken.abort(error),
    moved: () => void timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
