import { open } from 'node:fs/promises';

/** The first line of a file that only its owner and group may read; throws with the reason where others may too. */
export async function readSecretFile(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const mode = (await file.stat()).mode & 0o777;
  // Looked at through the open file: the path may name another one in the next moment.
  if ((mode & 0o007) !== 0) {
    throw new Error(`other users may read "${path}" (mode ${mode.toString(8)}, not 600)`);
  }
  return (await file.readFile('utf8')).split('\n')[0] ?? '';
}
