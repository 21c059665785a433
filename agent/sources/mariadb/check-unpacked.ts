import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { exists } from '../../os/files.ts';
import { readIntoCheck } from '../content-check.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { MariadbDumpCheck } from './dump-check.ts';
import { DumpFacts, dumpPaths, factsName } from './dump-facts.ts';

/** A dump that was unpacked into a folder, as far as it is there: of parts of it nothing is said. */
export async function checkUnpackedMariadb(
  archived: ArchivedSource,
  folder: string,
): Promise<void> {
  if (archived.isProven === true) return;
  const text = await readFile(join(folder, factsName), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const facts = DumpFacts.parse(JSON.parse(text));
  const check = new MariadbDumpCheck();
  for (const path of dumpPaths(facts)) {
    if (!(await exists(join(folder, path)))) continue;
    await readIntoCheck(check, path, join(folder, path), new AbortController().signal);
  }
  const { problem } = check.result();
  if (problem === undefined) return;
  const why = `the dump of source "${archived.name}" in it is damaged: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}
