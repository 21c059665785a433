import { setTimeout as wait } from 'node:timers/promises';

export interface AnswerPace {
  readonly everyMs: number;
  /** An answer that takes longer is none. */
  readonly withinMs: number;
  /** In a row. */
  readonly missesAtMost: number;
}

/** Of long work only; and a machine that is under load, or being restarted, is not gone yet. */
const usualPace: AnswerPace = { everyMs: 30_000, withinMs: 10_000, missesAtMost: 3 };

export interface AskedServer {
  /** Throws where it gave no answer; to be told no is one. */
  answers(signal: AbortSignal): Promise<unknown>;
  /** What is told when it is gone. */
  lost(): Error;
  readonly pace?: AnswerPace;
}

/**
 * A statement may take hours, and so has no deadline; one to a server that is gone would never end. So while it lasts the
 * server is asked beside it, over a connection of its own, and one that answers nobody any more ends it.
 */
export async function whileAnswering<T>(
  { answers, lost, pace = usualPace }: AskedServer,
  work: (until: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const [over, gone] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    for (let misses = 0; misses < pace.missesAtMost; ) {
      await wait(pace.everyMs, undefined, { signal: over.signal });
      const within = AbortSignal.any([over.signal, AbortSignal.timeout(pace.withinMs)]);
      misses = await answers(within).then(
        () => 0,
        () => misses + 1,
      );
    }
    gone.abort(lost());
  };
  const watching = watch().catch(() => undefined);
  try {
    return await work(AbortSignal.any([signal, gone.signal]));
  } finally {
    over.abort();
    await watching;
  }
}
