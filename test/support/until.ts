import { setInterval } from 'node:timers/promises';

/**
 * Waits until something is so; fails after the deadline with what was waited for. `everyMs`: longer where to look
 * takes a process some work, which others wait for.
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  deadlineMs = 30_000,
  everyMs = 10,
): Promise<void> {
  const started = Date.now();
  if (await isSo()) return;
  for await (const _ of setInterval(everyMs)) {
    if (await isSo()) return;
    if (Date.now() - started > deadlineMs)
      throw new Error(`not so after ${deadlineMs} ms: ${isSo.toString()}`);
  }
}
