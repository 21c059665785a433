import type { Terminal } from './tmux.ts';
import { until } from './until.ts';

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
    const moved = async () => markers(await terminal.screen()) !== markers(before);
    await until(moved, 10_000, 30).catch(async (cause: unknown) => {
      const shown = await terminal.screen();
      throw new Error(`${key} moved nothing on the way to "${text}":\n${shown}`, { cause });
    });
  }
  throw new Error(`"${text}" was not reached:\n${await terminal.screen()}`);
}
