import { setFaultHook } from '../../agent/os/faults.ts';

/** Thrown where the process "dies"; nothing that it still tries happens. */
export class Crash extends Error {}

export interface CrashPoint extends Disposable {
  /** Operations seen, the one that crashed included. */
  readonly count: number;
  readonly crashed: boolean;
  readonly operation: string;
  /** Throws once crashed: for what changes things beside the disk. */
  readonly refuse: () => void;
}

/** "Crashes" at the k-th operation that changes the disk: it and all later ones are refused, as in a dead process. */
export function crashAt(k: number): CrashPoint {
  let [count, crashed, operation] = [0, false, ''];
  setFaultHook(({ name, path }) => {
    if (!crashed) count += 1;
    if (count === k && !crashed) {
      crashed = true;
      operation = `${name} ${path}`;
    }
    if (crashed) throw new Crash(`crashed at ${operation}`);
  });
  return {
    get count() {
      return count;
    },
    get crashed() {
      return crashed;
    },
    get operation() {
      return operation;
    },
    refuse: () => {
      if (crashed) throw new Crash(`crashed at ${operation}`);
    },
    [Symbol.dispose]: () => setFaultHook(undefined),
  };
}
