import { lstat } from 'node:fs/promises';

/**
 * Settles once the file systems of these paths answer; that something is missing is told elsewhere. What is asked
 * next is asked of the main loop, which a share that hangs would stop until the watchdog ends Kedge.
 */
export async function untilAnswering(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map(async (path) => await lstat(path).catch(() => undefined)));
}
