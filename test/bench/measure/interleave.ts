import { sync } from './run-program.ts';
import { touchFreeMemory } from './touch-memory.ts';

/**
 * Runs all contestants in turn, `runs` times, every second round backwards: what changes on the machine
 * meanwhile meets all of them. Before each, what the one before left unwritten goes to the disk, and free memory is made
 * ready to be used.
 */
export async function interleave<T>(
  runs: number,
  contestants: ReadonlyMap<string, () => Promise<T>>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>([...contestants.keys()].map((name) => [name, []]));
  for (let round = 0; round < runs; round += 1) {
    const order = [...contestants];
    if (round % 2 === 1) order.reverse();
    for (const [name, run] of order) {
      signal.throwIfAborted();
      await sync(signal);
      await touchFreeMemory(signal);
      results.get(name)?.push(await run());
    }
  }
  return results;
}
