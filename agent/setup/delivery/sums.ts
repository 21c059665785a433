import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../../os/hash-file.ts';

/** Lists all other files of a program's folder, as "sha256sum -c" reads it. */
export const sumsFile = 'SHA256SUMS';

export async function sumsOf(root: string, signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  for (const path of await filesBelow(root))
    lines.push(`${await sumOf(join(root, path), signal)}  ${path}\n`);
  return lines.join('');
}

async function sumOf(path: string, signal: AbortSignal): Promise<string> {
  await using file = await open(path, 'r');
  return await hashFile(file, signal);
}

/** Relative paths, sorted; links are not among them. */
async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => path !== sumsFile)
    .toSorted();
}

export async function readSums(root: string): Promise<string | undefined> {
  return await readFile(join(root, sumsFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}

/** Tells one build from another of the same version: 8 hex characters. */
export function buildOf(sums: string): string {
  return createHash('sha256').update(sums).digest('hex').slice(0, 8);
}

/** The first file that is not as listed, missing ones and strangers included; undefined: all are. */
export async function firstDamage(
  root: string,
  sums: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const found = linesOf(await sumsOf(root, signal));
  const wanted = linesOf(sums);
  const wrong = [...wanted, ...found].find(
    ([path, sum]) => found.get(path) !== sum || wanted.get(path) !== sum,
  );
  return wrong?.[0];
}

function linesOf(sums: string): ReadonlyMap<string, string> {
  const lines = sums.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}
