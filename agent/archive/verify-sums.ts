import type { Archive } from './archive-reader.ts';
import { damaged } from './damage.ts';
import { linesOf } from './lines.ts';
import type { IndexMember } from './member.ts';
import { hasTargetsSum, unknownSum } from './member-ledger.ts';
import { sumsLine } from './sums.ts';
import { sumsName, type WalkedMembers } from './verify-members.ts';

/** SHA256SUMS must name every file and hard link of the index, in its order, with the content's hash. */
export async function verifySums(
  archive: Archive,
  { linkTargets, sums }: WalkedMembers,
  signal: AbortSignal,
): Promise<void> {
  const wrong = () => damaged(archive.reader, 'SHA256SUMS and its index do not agree');
  if (sums === undefined) throw wrong();
  const lines = linesIn(archive, sums, signal);
  const known = new Map<string, string>();
  for await (const member of archive.allMembers()) {
    const sum = sumOf(member, known);
    if (member.sha256 !== undefined && linkTargets.has(keyOf(member.name))) {
      known.set(keyOf(member.name), member.sha256);
    }
    if (member.name.equals(sumsName) || (member.kind !== 'file' && !hasTargetsSum(member))) {
      continue;
    }
    const line = await lines.next();
    const found = line.done === true ? undefined : line.value;
    if (!isLineOf(found, sum, member, archive.header.kind === 'differential')) throw wrong();
  }
  if ((await lines.next()).done !== true) throw wrong();
}

/** A hard link of a differential may lead to a file of its base, whose hash is not known here. */
function isLineOf(
  line: Buffer | undefined,
  sum: string | undefined,
  member: IndexMember,
  maybeOfBase: boolean,
): boolean {
  if (sum === undefined && !maybeOfBase) return false;
  const expected = sumsLine(sum ?? unknownSum, member.name).subarray(0, -1);
  if (sum !== undefined) return line?.equals(expected) === true;
  const at = expected.indexOf(unknownSum);
  return line?.subarray(at + unknownSum.length).equals(expected.subarray(at + 64)) === true;
}

function sumOf(member: IndexMember, known: ReadonlyMap<string, string>): string | undefined {
  return member.linkTarget === undefined ? member.sha256 : known.get(keyOf(member.linkTarget));
}

async function* linesIn(
  archive: Archive,
  sums: IndexMember,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    yield* linesOf(archive.content(sums, signal));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(archive.reader, 'SHA256SUMS is not made of lines', error);
  }
}

function keyOf(name: Buffer): string {
  return name.toString('latin1');
}
