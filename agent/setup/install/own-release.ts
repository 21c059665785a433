import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { exists, removeTree } from '../../os/files.ts';
import { stageProgram } from '../delivery/stage-program.ts';
import { firstDamage, readSums } from '../delivery/sums.ts';
import type { Release } from './install-facts.ts';

const Package = z.object({ name: z.literal('kedge'), version: z.string() });

/** The program that runs now, ready to be installed; from a checkout a copy of it, which disposal removes. */
export async function ownRelease(signal: AbortSignal): Promise<Release & AsyncDisposable> {
  const root = await programRoot();
  const sums = await readSums(root);
  if (sums === undefined) return await stagedRelease(root, signal);
  const damage = await firstDamage(root, sums, signal);
  if (damage !== undefined)
    throw new KedgeError('program-damaged', { path: join(root, damage), folder: root });
  return { ...(await releaseIn(root, sums)), [Symbol.asyncDispose]: async () => undefined };
}

async function stagedRelease(
  checkout: string,
  signal: AbortSignal,
): Promise<Release & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-program-'));
  const remove = async (): Promise<void> => await removeTree(folder);
  try {
    const root = join(folder, 'kedge');
    await stageProgram(checkout, root, signal);
    const release = await releaseIn(root, (await readSums(root)) ?? '');
    return { ...release, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function releaseIn(root: string, sums: string): Promise<Release> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return { root, sums, version: Package.parse(JSON.parse(text)).version };
}

/** Above the sources, and above what is built from them. */
async function programRoot(): Promise<string> {
  for (let folder = import.meta.dirname; folder !== '/'; folder = dirname(folder))
    if (await exists(join(folder, 'tui', 'kedge'))) return folder;
  throw new Error(`no launcher tui/kedge above ${import.meta.dirname}`);
}
