import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../../os/files.ts';
import { factsMember, fileMember, folderMember } from '../dumps/dump-member.ts';
import type { CapturedMember } from '../source.ts';
import { type DumpFacts, dumpFolder, factsName, globalsName } from './dump-facts.ts';

/** The dump of a database as members: what describes it first, then a file for each table. */
export async function* dumpMembers(
  source: string,
  folder: string,
  facts: DumpFacts,
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  yield folderMember(source);
  yield factsMember(`${source}/${factsName}`, facts);
  const more = (await exists(join(folder, globalsName))) ? [globalsName] : [];
  yield folderMember(`${source}/${dumpFolder}`);
  for (const path of [...more, ...(await dumpFiles(folder))]) {
    signal.throwIfAborted();
    yield await fileMember(`${source}/${path}`, join(folder, path));
  }
}

/** In the order of their numbers, so that those of two dumps lie alike. */
async function dumpFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, dumpFolder));
  return names
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
    .map((name) => `${dumpFolder}/${name}`);
}
