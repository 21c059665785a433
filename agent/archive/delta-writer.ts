import { createHash, hash } from 'node:crypto';
import type { BaseMembers } from './base-members.ts';
import type { MemberContent } from './block-pool.ts';
import { compressDelta } from './delta-frame.ts';
import { blockSize, type FrameWriter } from './frame-writer.ts';
import { freeBytes } from './free-bytes.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { sourceOf } from './member-name.ts';
import { OldBlocks } from './old-blocks.ts';
import { type OldHashes, PageGrain } from './page-grain.ts';
import { isPageSize, pageHashSize } from './page-hashes.ts';
import { type TakenBlock, takenBlocks } from './taken-blocks.ts';
import { TarCursor } from './tar-cursor.ts';
import type { OnBlock } from './write-blocks.ts';

/** How a member is made of its old version. */
export interface PlacedDeltas {
  readonly firstFrame: number;
  readonly offset: 0;
  readonly sha256: string;
  readonly deltas: number;
  readonly pageSize?: number;
  readonly pagesSha256?: string;
}

export interface DeltaSource {
  readonly header: MemberHeader;
  readonly content: MemberContent;
  readonly pageSize?: number | undefined;
}

/** The old version that deltas of this member can be made of; undefined: it is to be written whole. */
export function deltaBaseOf(base: BaseMembers, member: DeltaSource): IndexMember | undefined {
  const { header, pageSize } = member;
  const old = header.kind === 'file' ? base.large(header.name) : undefined;
  if (old === undefined || header.sizeBytes < blockSize) return undefined;
  if (pageSize === undefined) return old.pageSize === undefined ? old : undefined;
  const pages = base.pagesOf(sourceOf(header.name));
  const fits = old.pageSize === pageSize && isPageSize(pageSize, blockSize);
  return fits && pages !== undefined ? old : undefined;
}

/** Writes what of a member differs from its old version as delta frames: by page, or by block of 1 MiB. */
export async function writeDeltas(
  frames: FrameWriter,
  base: BaseMembers,
  old: IndexMember,
  member: DeltaSource,
  onBlock: OnBlock,
  signal: AbortSignal,
): Promise<PlacedDeltas> {
  const firstFrame = frames.next;
  const sum = createHash('sha256');
  const oldBlocks = new OldBlocks(base.archive, old);
  const { pageSize } = member;
  const grain =
    pageSize === undefined
      ? new BlockGrain(frames, oldBlocks)
      : new PageGrain(frames, oldBlocks, pageSize, oldHashes(base, old, signal));
  for await (const block of takenBlocks(frames.blocks, member.content)) {
    signal.throwIfAborted();
    sum.update(block.bytes);
    await onBlock(block.bytes);
    await grain.take(block);
  }
  await grain.end();
  return {
    firstFrame,
    offset: 0,
    sha256: sum.digest('hex'),
    deltas: frames.next - firstFrame,
    ...(pageSize !== undefined && { pageSize }),
    ...grain.facts(),
  };
}

class BlockGrain {
  readonly #frames: FrameWriter;
  readonly #old: OldBlocks;

  constructor(frames: FrameWriter, old: OldBlocks) {
    this.#frames = frames;
    this.#old = old;
  }

  async take({ number, bytes }: TakenBlock): Promise<void> {
    const sha256 = hash('sha256', bytes, 'buffer');
    const isSame = this.#old.sha256Of(number)?.equals(sha256) === true;
    const content = isSame ? undefined : Buffer.from(bytes);
    this.#frames.blocks.give(bytes);
    if (content === undefined) return;
    using old = await this.#old.hold(number);
    const compress = async () => {
      const frame = await compressDelta(content, [old.bytes]);
      freeBytes(content);
      return frame;
    };
    await this.#frames.writeDelta(compress, { length: content.length, block: number }, sha256);
  }

  async end(): Promise<void> {}

  facts() {
    return {};
  }
}

/** Page hashes of the old version, read in step. */
function oldHashes(base: BaseMembers, old: IndexMember, signal: AbortSignal): OldHashes {
  const pages = base.pagesOf(sourceOf(old.name));
  let left = Math.ceil(old.sizeBytes / (old.pageSize ?? blockSize)) * pageHashSize;
  if (pages === undefined) return { take: async () => Buffer.alloc(0) };
  const cursor = new TarCursor(base.archive.slice(pages, old.pagesOffset ?? 0, left, signal));
  return {
    async take(length) {
      const taken = Math.min(length, left);
      left -= taken;
      return await cursor.take(taken);
    },
  };
}
