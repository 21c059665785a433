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

/**
 * Whether the live database has the pages of the backup. Its first page is compared by itself; the rest by the hash
 * that the backup's index has, so nothing needs to be unpacked.
 */
export async function hasSamePages(
  member: IndexMember,
  archived: ArchivedSource,
  live: LiveState,
  work: Work,
): Promise<boolean> {
  if (member.sha256 === undefined || member.sizeBytes !== live.sizeBytes) return false;
  const then = await firstPage(archived.content(member, work.signal), live.pageSize);
  if (then.length === 0) return live.sizeBytes === 0;
  const sum = createHash('sha256').update(then);
  let position = 0;
  for await (const block of live.blocks()) {
    work.signal.throwIfAborted();
    if (block === undefined) return false;
    if (position > 0) sum.update(block);
    else if (!isSameFirst(then, block)) return false;
    else sum.update(block.subarray(then.length));
    position += block.length;
    work.progress('compare pages', position, live.sizeBytes);
  }
  return sum.digest('hex') === member.sha256;
}

async function firstPage(content: AsyncIterable<Uint8Array>, pageSize: number): Promise<Buffer> {
  for await (const block of content) return Buffer.from(block.subarray(0, pageSize));
  return Buffer.alloc(0);
}

function isSameFirst(then: Buffer, block: Uint8Array): boolean {
  const now = Buffer.from(block.subarray(0, then.length));
  for (const [from, to] of ownPlaces) then.copy(now, from, from, to);
  return now.equals(then);
}
