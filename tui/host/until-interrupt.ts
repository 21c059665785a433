import { KedgeError } from '../../protocol/failures.ts';

/** Acts while the terminal belongs to another program; Ctrl+C there breaks it off. */
export async function untilInterrupt<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort(new KedgeError('cancelled'));
  process.once('SIGINT', onInterrupt);
  try {
    return await act(interrupt.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
