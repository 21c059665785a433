import type { Archive } from './archive-reader.ts';
import { damaged } from './damage.ts';
import { linesOf } from './lines.ts';
import type { IndexMember } from './member.ts';
import { ownFolder } from './member-name.ts';
import { sumsLine } from './sums.ts';

const sumsName = Buffer.from(`${ownFolder}SHA256SUMS`);

/** SHA256SUMS must name every file and hard link of the index, in its order, with the content's hash. */
export async function verifySums(archive: Archive, signal: AbortSignal): Promise<void> {
  const { targets, sums } = await survey(archive);
  const wrong = () => damaged(archive.reader, 'SHA256SUMS and its index do not agree');
  if (sums === undefined) throw wrong();
  const lines = linesIn(archive, sums, signal);
  const known = new Map<string, string>();
  for await (const member of archive.allMembers()) {
    const sum = sumOf(member, known);
    if (member.sha256 !== undefined && targets.has(keyOf(member.name))) {
      known.set(keyOf(member.name), member.sha256);
    }
    if (member.name.equals(sumsName) || (member.kind !== 'file' && member.kind !== 'hardlink')) {
      continue;
    }
    const line = await lines.next();
    const found = line.done === true ? undefined : line.value;
    if (sum === undefined || !found?.equals(sumsLine(sum, member.name).subarray(0, -1))) {
      throw wrong();
    }
  }
  if ((await lines.next()).done !== true) throw wrong();
}

function sumOf(member: IndexMember, known: ReadonlyMap<string, string>): string | undefined {
  return member.linkTarget === undefined ? member.sha256 : known.get(keyOf(member.linkTarget));
}

/** Names that hard links point to, so that only their sums are held; and the member with the sums. */
async function survey(
  archive: Archive,
): Promise<{ targets: ReadonlySet<string>; sums: IndexMember | undefined }> {
  const targets = new Set<string>();
  let sums: IndexMember | undefined;
  for await (const member of archive.allMembers()) {
    if (member.kind === 'hardlink' && member.linkTarget) targets.add(keyOf(member.linkTarget));
    if (member.name.equals(sumsName)) sums = member;
  }
  return { targets, sums };
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
