import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { checkDumpFolder } from './check-dump-folder.ts';
import { DumpFacts, factsName } from './dump-facts.ts';

/** A dump that was unpacked into a folder, as far as it is there: of parts of it nothing is said. */
export async function checkUnpackedDump(archived: ArchivedSource, folder: string): Promise<void> {
  if (archived.isProven === true) return;
  const text = await readFile(join(folder, factsName), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const facts = DumpFacts.parse(JSON.parse(text));
  const { problem } = await checkDumpFolder(folder, facts, new AbortController().signal);
  if (problem === undefined) return;
  const why = `the dump of source "${archived.name}" in it is damaged: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}
