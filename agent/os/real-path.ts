import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The path with all symlinks resolved, as far as it exists; the rest as it stands. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || path === '/') throw error;
    return join(await realPathOf(dirname(path)), basename(path));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
