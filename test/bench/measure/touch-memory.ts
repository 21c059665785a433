import { freemem } from 'node:os';
import { runProgram } from './run-program.ts';

/** More than a contestant takes of full data, its files in the page cache included. */
const atMostBytes = 4 * 2 ** 30;

/**
 * Takes free memory, writes to it and gives it back. A virtual machine hands what was free for a while back to its host,
 * and then the first write to each page costs several times as much: else whoever came after a rest, or needed more than
 * those before, would pay for all. Where nothing of the kind goes on it changes nothing.
 */
export async function touchFreeMemory(signal: AbortSignal): Promise<void> {
  const bytes = Math.min(atMostBytes, Math.floor(freemem() / 2));
  await runProgram([process.execPath, '-e', `Buffer.alloc(${bytes}, 1)`], { signal });
}
