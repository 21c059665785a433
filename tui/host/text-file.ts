import { readFile } from 'node:fs/promises';
import { KedgeError } from '../../protocol/failures.ts';

export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new KedgeError('io-failed', { operation: 'read', path, cause }, { cause: error });
  }
}
