import { peakMemoryOf } from './process-tree.ts';

/** Short beside the life of a process that matters; each process knows its own peak. */
const intervalMs = 25;

export interface PeakMemory extends Disposable {
  /** The most that the living processes together have held at their peaks, MiB. */
  mebibytes(): number;
}

/** Watches processes; who they are is asked anew each time. */
export function watchPeakMemory(processes: () => readonly number[]): PeakMemory {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(
      peak,
      processes().reduce((sum, pid) => sum + peakMemoryOf(pid), 0),
    );
  };
  const timer = setInterval(look, intervalMs);
  return {
    mebibytes: () => peak,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
