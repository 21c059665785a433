import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { type DiskImage, readImage } from './disk-image.ts';

/** What the disk was before each operation of a flow. */
export interface DiskHistory {
  /** `operations[n]` led from `images[n]` to `images[n + 1]`. */
  readonly operations: readonly DiskOperation[];
  readonly images: readonly DiskImage[];
  /** What `note` answered at the same moments. */
  readonly notes: readonly unknown[];
}

/** Runs a flow to its end, with an image of the disk before each operation and one after the last. */
export async function recordHistory<N>(
  roots: readonly string[],
  note: () => N,
  flow: () => Promise<unknown>,
): Promise<DiskHistory & { readonly notes: readonly N[] }> {
  const operations: DiskOperation[] = [];
  const images: DiskImage[] = [];
  const notes: N[] = [];
  const look = (): void => {
    images.push(readImage(roots, images.at(-1)));
    notes.push(note());
  };
  setFaultHook((operation) => {
    look();
    operations.push(operation);
  });
  try {
    await flow();
  } finally {
    setFaultHook(undefined);
  }
  look();
  return { operations, images, notes };
}
