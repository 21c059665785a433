import { readdirSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCapability } from '../os/capabilities.ts';
import { errorCode } from '../os/error-code.ts';
import { exists, type Path } from '../os/files.ts';
import { probeWritableFile, probeWritableFolder } from '../os/probe.ts';
import { isOwnName } from '../sources/tree/own-names.ts';

export interface LivePath {
  readonly path: string;
  /** All in it is exchanged, and it stays. */
  readonly isMount: boolean;
  /** It is written to and not renamed. */
  readonly inPlace: boolean;
}

/** What Kedge may not do there and would have to, tried without changing anything; in words. */
export async function permissionProblems(live: LivePath): Promise<readonly string[]> {
  const { path, isMount } = live;
  const folder = isMount ? path : await existing(dirname(path));
  const problems = [await problemOf(folder, probeWritableFolder)];
  if (await exists(path)) {
    if (!isMount) problems.push(await stickyProblem(folder, path));
    for (const moved of isMount ? childrenOf(path) : [path])
      problems.push(await ownProblem(moved, live));
  }
  return shortened(problems.filter((problem) => problem !== undefined));
}

/** Thousands of folders in a mount point may all be closed. */
function shortened(problems: readonly string[]): readonly string[] {
  const first = problems.slice(0, shownAtMost);
  const more = problems.length - first.length;
  return more === 0 ? first : [...first, `and the same of ${more} more`];
}

const shownAtMost = 3;

/** A folder that moves to another gets another "..", so it must be writable itself. */
async function ownProblem(path: string, { inPlace }: LivePath): Promise<string | undefined> {
  const stat = await lstat(path);
  if (stat.isDirectory()) return await problemOf(path, probeWritableFolder);
  return inPlace && stat.isFile() ? await problemOf(path, probeWritableFile) : undefined;
}

async function problemOf(path: string, probe: (path: Path) => void): Promise<string | undefined> {
  try {
    probe(path);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EROFS') return `"${path}" lies on a disk that is read-only`;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    const what = probe === probeWritableFolder ? 'write in the folder' : 'write to';
    return `Kedge may not ${what} "${path}"`;
  }
}

/** As in /tmp: there only the owner of a thing or of the folder may rename it. */
async function stickyProblem(folder: string, path: string): Promise<string | undefined> {
  const uid = process.geteuid?.() ?? 0;
  const [around, own] = [await lstat(folder), await lstat(path)];
  const isBound = (around.mode & 0o1000) !== 0 && !hasCapability('fowner');
  if (!isBound || uid === around.uid || uid === own.uid) return undefined;
  return `Kedge may not rename "${path}", as the folder around it is sticky and both belong to others`;
}

function childrenOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !isOwnName(entry.name) && !entry.name.includes('\uFFFD'),
    )
    .map(({ name }) => join(folder, name));
}

async function existing(folder: string): Promise<string> {
  return folder === '/' || (await exists(folder)) ? folder : await existing(dirname(folder));
}
