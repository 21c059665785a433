import { expect } from 'vitest';
import type { Terminal } from './tmux.ts';

/** Where the markers stand; other parts of a screen change by themselves. */
function markers(screen: string): string {
  return screen
    .split('\n')
    .flatMap((line, row) => [...line.matchAll(/>(?=[ [])/g)].map(({ index }) => `${row}:${index}`))
    .join(' ');
}

/** Presses a key until the marker ">" stands before this. */
export async function moveTo(terminal: Terminal, key: string, text: string): Promise<void> {
  const marked = new RegExp(`> *\\[? ?${text}`);
  for (let presses = 0; presses < 20; presses++) {
    const before = await terminal.screen();
    if (marked.test(before)) return;
    await terminal.press(key);
    await expect
      .poll(async () => markers(await terminal.screen()), { timeout: 5_000, interval: 30 })
      .not.toBe(markers(before));
  }
  throw new Error(`"${text}" was not reached:\n${await terminal.screen()}`);
}
