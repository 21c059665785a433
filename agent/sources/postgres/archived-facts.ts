import { KedgeError } from '../../../protocol/failures.ts';
import { readIntoPart } from '../content-check.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { DumpCheck } from './dump-check.ts';
import { type DumpFacts, factsName } from './dump-facts.ts';

export interface ArchivedFacts {
  readonly facts: DumpFacts;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly notes: readonly string[];
  readonly bytes: number;
}

/** What an archive says of a dump in it, without reading the dump. */
export async function unfold(
  archived: ArchivedSource,
  signal: AbortSignal,
): Promise<ArchivedFacts> {
  const check = new DumpCheck();
  let bytes = 0;
  for await (const member of archived.members()) {
    bytes += member.sizeBytes;
    if (member.name.toString() !== `${archived.name}/${factsName}`) continue;
    await readIntoPart(check.part(factsName), archived.content(member, signal));
  }
  const { facts } = check;
  if (facts !== undefined) return { facts, ...check.counts(), bytes };
  const { problem } = check.result();
  const why = `the dump of source "${archived.name}" in it can't be read: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}
