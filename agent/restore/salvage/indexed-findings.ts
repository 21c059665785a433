import { KedgeError } from '../../../protocol/failures.ts';
import type { Archive } from '../../archive/archive-reader.ts';
import type { IndexMember } from '../../archive/member.ts';
import { isOwn, ownFolder } from '../../archive/member-name.ts';
import type { Chain } from '../../chain/chain.ts';
import type { Finding, FoundMember } from './finding.ts';

/** Every member that the index lists, of a differential with its full those of both. */
export async function* indexedFindings(
  archive: Archive,
  chain: Chain | undefined,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  for await (const member of archive.allMembers()) {
    signal.throwIfAborted();
    if (isOwn(member.name) ? isNeeded(member) : chain === undefined) {
      yield ofArchive(archive, member);
    }
  }
  if (chain === undefined) return;
  for await (const member of chain.members()) yield ofChain(archive, chain, member);
}

/** Page hashes are for the next differential only. */
function isNeeded(member: IndexMember): boolean {
  return !member.name.toString('latin1').startsWith(`${ownFolder}pages/`);
}

function ofArchive(archive: Archive, member: IndexMember): Finding {
  if (member.deltas !== undefined) {
    return { kind: 'lost', reason: 'full missing', name: member.name };
  }
  return { ...factsOf(member), content: (signal) => blocksOf(archive, member, signal) };
}

function ofChain(archive: Archive, chain: Chain, member: IndexMember): Finding {
  if (member.fromBase === true && chain.base !== undefined) {
    const { base } = chain;
    return { ...factsOf(member), content: (signal) => blocksOf(base, member, signal) };
  }
  if (member.deltas === undefined) return ofArchive(archive, member);
  return { ...factsOf(member), content: (signal) => chain.content(member, signal) };
}

function factsOf(member: IndexMember): Pick<FoundMember, 'kind' | 'header' | 'expected'> {
  const { sha256 } = member;
  return {
    kind: 'member',
    header: member,
    ...(sha256 === undefined ? {} : { expected: { sha256, soft: false } }),
  };
}

/** From the first damage on block by block, as what follows may be whole. */
async function* blocksOf(
  archive: Archive,
  member: IndexMember,
  signal: AbortSignal,
): AsyncGenerator<Buffer | number> {
  let done = 0;
  try {
    for await (const bytes of archive.content(member, signal)) {
      yield bytes;
      done += bytes.length;
    }
    return;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const { blockSize } = archive.header;
  while (done < member.sizeBytes) {
    const length = Math.min(blockSize - (done % blockSize), member.sizeBytes - done);
    yield (await partOf(archive, member, done, length, signal)) ?? length;
    done += length;
  }
}

async function partOf(
  archive: Archive,
  member: IndexMember,
  offset: number,
  length: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of archive.slice(member, offset, length, signal)) {
      parts.push(Buffer.from(part));
    }
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
  return Buffer.concat(parts);
}

export function isDamage(error: unknown): boolean {
  if (!(error instanceof KedgeError)) return false;
  return error.failure.code === 'archive-damaged' || error.failure.code === 'base-missing';
}
