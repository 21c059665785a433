import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { RunningBench } from './create-bench.ts';
import type { Paced } from './paced.ts';

export interface WorkbenchProps {
  readonly running: Pick<RunningBench, 'revision'>;
  readonly changes: Pick<Paced, 'subscribe'>;
  /** Brings the frame of the state now to the screen. */
  readonly paint: () => void;
}

/** A canvas: its frame is painted cell by cell, as Ink's own rows take a whole layout for each key. */
export function Workbench({ running, changes, paint }: WorkbenchProps) {
  useSyncExternalStore(changes.subscribe, running.revision);
  useLayoutEffect(paint);
  return null;
}
