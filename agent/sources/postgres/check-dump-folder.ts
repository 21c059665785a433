import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIntoCheck } from '../content-check.ts';
import type { IntegrityCheck } from '../integrity.ts';
import { DumpCheck } from './dump-check.ts';
import { type DumpFacts, dumpFolder, factsName } from './dump-facts.ts';

/** What was dumped against what was counted. */
export async function checkDumpFolder(
  folder: string,
  facts: DumpFacts,
  signal: AbortSignal,
): Promise<IntegrityCheck> {
  const check = new DumpCheck();
  const part = check.part(factsName);
  part.write(Buffer.from(JSON.stringify(facts)));
  part.end();
  for (const name of await readdir(join(folder, dumpFolder))) {
    const path = `${dumpFolder}/${name}`;
    await readIntoCheck(check, path, join(folder, path), signal);
  }
  return check.result();
}
