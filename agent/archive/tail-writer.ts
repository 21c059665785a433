import { createHash, hash } from 'node:crypto';
import { formatVersion } from './archive-header.ts';
import type { FrameWriter } from './frame-writer.ts';
import { encodeFrameLine } from './index-line.ts';
import { encodeLocator, locatorSize } from './locator.ts';
import type { MemberHeader } from './member.ts';
import { ownFolder } from './member-name.ts';
import { encodeSeekTable } from './seek-table.ts';
import { encodeTarHeader, paddingOf, tarBlock } from './tar-header.ts';
import { writeBlocks } from './write-blocks.ts';

/** Zero blocks that end a tar. */
const tarEnd = 2 * tarBlock;

/**
 * Writes what follows the members: one frame with the tar header of the index, frames with its bytes
 * only, one with padding and tar end; then locator and seek table.
 */
export async function writeTail(
  frames: FrameWriter,
  index: { readonly length: number; readonly mtimeNs: bigint; chunks(): AsyncIterable<Buffer> },
): Promise<void> {
  await frames.drain();
  frames.startTail();
  const tail = frames.table.end;
  const header = encodeTarHeader(ownHeader('index', index.length, index.mtimeNs));
  await writeFrame(frames, header);
  const indexSha256 = await writeIndex(frames, index.chunks(), index.length);
  await writeFrame(frames, Buffer.alloc(paddingOf(index.length) + tarEnd));
  await frames.drain();
  const seekTable = encodeSeekTable(frames.table, locatorSize);
  const locator = encodeLocator({
    version: formatVersion,
    flags: 0,
    tailOffset: tail.offset,
    tailLength: frames.position - tail.offset,
    tailTarOffset: tail.tarOffset,
    indexTarOffset: tail.tarOffset + header.length,
    indexLength: index.length,
    indexSha256,
    tailSha256: frames.tailSha256(),
    seekTableSha256: hash('sha256', seekTable, 'buffer'),
  });
  await frames.writeRaw(locator);
  await frames.writeRaw(seekTable);
}

/** Header of a member of Kedge's own. */
export function ownHeader(name: string, sizeBytes: number, mtimeNs: bigint): MemberHeader {
  return {
    name: Buffer.from(ownFolder + name),
    kind: 'file',
    sizeBytes,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeNs,
  };
}

/** Lines of the frames before the tail. */
export function* frameLines(frames: FrameWriter, count: number): Generator<Buffer> {
  for (let frame = 0; frame < count; frame++) {
    yield encodeFrameLine(frames.table.at(frame), frames.deltas.get(frame));
  }
}

async function writeFrame(frames: FrameWriter, content: Buffer): Promise<void> {
  const block = frames.blocks.take();
  block.set(content);
  await frames.write(block.subarray(0, content.length));
}

async function writeIndex(
  frames: FrameWriter,
  chunks: AsyncIterable<Buffer>,
  length: number,
): Promise<Buffer> {
  const sum = createHash('sha256');
  const total = await writeBlocks(
    frames,
    () => chunks,
    (block) => {
      sum.update(block);
    },
  );
  if (total !== length) throw new RangeError(`the index has ${total} bytes, not ${length}`);
  return sum.digest();
}
