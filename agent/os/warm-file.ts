import { open } from 'node:fs/promises';

const pieceSize = 1 << 20;

/**
 * Reads a file that is soon needed into the page cache, in order, until it is disposed; afterwards no
 * descriptor of it is open. What can't be read is met by who needs it.
 */
export function warmFile(path: string): AsyncDisposable {
  const stop = new AbortController();
  const reading = readAll(path, stop.signal).catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await reading;
    },
  };
}

async function readAll(path: string, signal: AbortSignal): Promise<void> {
  await using file = await open(path, 'r');
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  while (!signal.aborted) {
    const { bytesRead } = await file.read(piece, 0, pieceSize, null);
    if (bytesRead === 0) return;
  }
}
