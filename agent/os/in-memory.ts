import { statfs } from 'node:fs/promises';

/** tmpfs and ramfs, in statfs. */
const memoryTypes: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** Whether a power cut empties the file system of `path`. */
export async function isInMemory(path: string): Promise<boolean> {
  return memoryTypes.has((await statfs(path)).type);
}
