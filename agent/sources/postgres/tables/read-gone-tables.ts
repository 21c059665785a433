import { errorMessage } from '../../../os/error-code.ts';
import { readIntoPart } from '../../content-check.ts';
import { collectedPart } from '../../dumps/collected-part.ts';
import type { ArchivedSource } from '../../restore-kind.ts';
import { contentsName, type DumpFacts, type TableFacts } from '../dump-facts.ts';
import { type DumpEntry, readContents } from '../read-contents.ts';
import { findGoneTable, type GoneTable } from './gone-table.ts';
import { insteadOfGone, type RefusedTable } from './wanted-tables.ts';

interface Archived {
  readonly archived: ArchivedSource;
  readonly facts: DumpFacts;
}

/** What made them, as the dump says it. The archive is asked only where there are any. */
export async function readGoneTables(
  part: Archived,
  tables: readonly TableFacts[],
  signal: AbortSignal,
): Promise<{ readonly gone: readonly GoneTable[]; readonly unsaid: readonly RefusedTable[] }> {
  if (tables.length === 0) return { gone: [], unsaid: [] };
  const contents = await contentsOf(part, signal);
  const gone: GoneTable[] = [];
  const unsaid: RefusedTable[] = [];
  for (const then of tables) {
    const found = typeof contents === 'string' ? undefined : findGoneTable(contents, then);
    if (found !== undefined) gone.push(found);
    else unsaid.push({ table: then.table, problem: unsaidWords(contents) });
  }
  return { gone, unsaid };
}

function unsaidWords(contents: readonly DumpEntry[] | string): string {
  const why = typeof contents === 'string' ? contents : 'the dump does not say how it was made';
  return `it is not in the live database any more, and ${why}: ${insteadOfGone}`;
}

/** A text of this length describes a hundred thousand tables. */
const contentsAtMost = 512 * 1024 * 1024;

/** Why not, where they can't be read. */
async function contentsOf(
  { archived, facts }: Archived,
  signal: AbortSignal,
): Promise<readonly DumpEntry[] | string> {
  for await (const member of archived.members()) {
    if (member.name.toString() !== `${archived.name}/${contentsName}`) continue;
    let found: readonly DumpEntry[] | string = [];
    const part = collectedPart(contentsAtMost, (bytes) => {
      found = readAs(bytes, facts);
    });
    await readIntoPart(part, archived.content(member, signal));
    return found;
  }
  return `the dump has no ${contentsName}`;
}

function readAs(bytes: Buffer, { properties }: DumpFacts): readonly DumpEntry[] | string {
  try {
    return readContents(bytes, properties.encoding);
  } catch (error) {
    return errorMessage(error);
  }
}
