import { open } from 'node:fs/promises';

/** Bytes 16 and 17 of a database, big-endian; 1 stands for 65536. Source: sqlite.org/fileformat2.html 1.3.2. */
export function pageSizeIn(start: Uint8Array): number | undefined {
  const stored = ((start[16] ?? 0) << 8) | (start[17] ?? 0);
  const size = stored === 1 ? 65_536 : stored;
  return size >= 512 && (size & (size - 1)) === 0 ? size : undefined;
}

/** Journal mode WAL stands in bytes 18 and 19 as 2. */
const walVersion = 2;

/** Whether pages of this size can be copied into a database file: into one in WAL mode only of its own size. */
export async function takesPagesOf(path: string, pageSize: number): Promise<boolean> {
  const start = await startOf(path);
  if (start === undefined || !start.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) {
    return false;
  }
  return start[18] !== walVersion || pageSizeIn(start) === pageSize;
}

/** Undefined: nothing is there, or nothing that can be read. */
async function startOf(path: string): Promise<Buffer | undefined> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
    return bytesRead === 100 ? buffer : undefined;
  } catch {
    return undefined;
  }
}
