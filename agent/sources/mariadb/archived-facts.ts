import { KedgeError } from '../../../protocol/failures.ts';
import { readIntoPart } from '../content-check.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import type { CodeObject } from './code-object.ts';
import { MariadbDumpCheck } from './dump-check.ts';
import { type DumpFacts, factsName, objectsName } from './dump-facts.ts';

export interface ArchivedFacts {
  readonly facts: DumpFacts;
  /** Views and code. */
  readonly code: readonly CodeObject[];
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly notes: readonly string[];
  readonly bytes: number;
}

/** What an archive says of a dump in it, without reading the dump. */
export async function unfold(
  archived: ArchivedSource,
  signal: AbortSignal,
): Promise<ArchivedFacts> {
  const check = new MariadbDumpCheck();
  let bytes = 0;
  for await (const member of archived.members()) {
    bytes += member.sizeBytes;
    const path = described.find((each) => member.name.toString() === `${archived.name}/${each}`);
    if (path === undefined) continue;
    await readIntoPart(check.part(path), archived.content(member, signal));
  }
  const { facts, objects: code } = check;
  if (facts !== undefined) return { facts, code, ...check.counts(), bytes };
  const { problem } = check.result();
  const why = `the dump of source "${archived.name}" in it can't be read: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}

const described = [factsName, objectsName] as const;
