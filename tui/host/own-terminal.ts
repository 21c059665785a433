import { readlinkSync } from 'node:fs';

/** The terminal on standard input, as "pts/3" or "tty2"; undefined: there is none. */
export function ownTerminal(): string | undefined {
  try {
    const path = readlinkSync('/proc/self/fd/0');
    return /^\/dev\/(pts\/\d+|tty\w+)$/.exec(path)?.[1];
  } catch {
    return undefined;
  }
}
