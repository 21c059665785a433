import { createHash } from 'node:crypto';
import type { IndexMember } from '../../archive/archive-reader.ts';
import type { Work } from '../../os/work.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import type { LiveState } from './compare-live.ts';

/**
 * What SQLite's backup interface sets in page 1 of what it writes, and rows do not depend on: versions of the file
 * format (18, 19), change counter (24), schema cookie (40), and whose they are (92). Source: sqlite.org/fileformat2.html.
 */
const ownPlaces = [
  [18, 20],
  [24, 28],
  [40, 44],
  [92, 100],
] as const;

/** Rows that were changed all over a database show in this much of it, so that most need not be hashed to the end. */
const beginningBytes = 8 * 1024 * 1024;

/**
 * Whether the live database has the pages of the backup. Its beginning is compared by itself; the rest by the hash
 * that the backup's index has, so nothing needs to be unpacked.
 */
export async function hasSamePages(
  member: IndexMember,
  archived: ArchivedSource,
  live: LiveState,
  work: Work,
): Promise<boolean> {
  if (member.sha256 === undefined || member.sizeBytes !== live.sizeBytes) return false;
  const then = await beginningOf(archived.content(member, work.signal));
  const sum = createHash('sha256').update(then);
  let position = 0;
  for await (const block of live.blocks()) {
    work.signal.throwIfAborted();
    if (block === undefined) return false;
    const known = then.subarray(position, position + block.length);
    if (!isSamePart(known, block, position === 0)) return false;
    sum.update(block.subarray(known.length));
    position += block.length;
    work.progress('compare pages', position, live.sizeBytes);
  }
  return sum.digest('hex') === member.sha256;
}

async function beginningOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const block of content) {
    parts.push(Buffer.from(block));
    length += block.length;
    if (length >= beginningBytes) break;
  }
  return Buffer.concat(parts);
}

function isSamePart(then: Buffer, block: Uint8Array, isFirst: boolean): boolean {
  const now = Buffer.from(block.buffer, block.byteOffset, then.length);
  if (!isFirst) return now.equals(then);
  const first = Buffer.from(now);
  for (const [from, to] of ownPlaces) then.copy(first, from, from, to);
  return first.equals(then);
}
