import { setTimeout as wait } from 'node:timers/promises';
import { walk } from '../tree/walk.ts';

/** How long nothing may come into a copy. */
export interface CopyPace {
  readonly everyMs: number;
  /** In a row. */
  readonly standstillsAtMost: number;
}

/** The largest file grows while it is copied, and a log is written back page by page: minutes without a byte are no work. */
export const usualPace: CopyPace = { everyMs: 300_000, standstillsAtMost: 3 };

/** Ends what works on a folder when nothing has come into it, and nothing in it was changed, for a long time. */
export async function whileCopying(
  { folder, pace, stuck }: { folder: string; pace: CopyPace; stuck: (ms: number) => Error },
  work: (until: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const [over, hangs] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    let before = stateOf(folder);
    for (let standstills = 0; standstills < pace.standstillsAtMost; ) {
      await wait(pace.everyMs, undefined, { signal: over.signal });
      const now = stateOf(folder);
      standstills = now === before ? standstills + 1 : 0;
      before = now;
    }
    hangs.abort(stuck(pace.everyMs * pace.standstillsAtMost));
  };
  const watching = watch().catch(() => undefined);
  try {
    await work(AbortSignal.any([signal, hangs.signal]));
  } finally {
    over.abort();
    await watching;
  }
}

/** It grows with all that is written to the server, also while the program waits for something. */
const log = 'ib_logfile0';

function stateOf(folder: string): string {
  let [files, bytes, newest] = [0, 0n, 0n];
  for (const found of walk(Buffer.from(folder), (relative) => relative.toString() === log)) {
    if (found.kind !== 'entry') continue;
    const { stat } = found;
    if (!stat.isFile()) continue;
    files += 1;
    bytes += stat.size;
    if (stat.mtimeNs > newest) newest = stat.mtimeNs;
  }
  return `${files} ${bytes} ${newest}`;
}
