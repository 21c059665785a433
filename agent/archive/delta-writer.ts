import { createHash, hash } from 'node:crypto';
import type { Archive } from './archive-reader.ts';
import type { BaseMembers } from './base-members.ts';
import { compressDelta, runsOf } from './delta-frame.ts';
import { FrameReader, type HeldContent } from './frame-reader.ts';
import { blockSize, type FrameWriter } from './frame-writer.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { sourceOf } from './member-name.ts';
import { hashPages, isPageSize, pageHashSize } from './page-hashes.ts';
import { TarCursor } from './tar-cursor.ts';
import type { OnBlock } from './write-blocks.ts';

/** Measured best, the index counted in: fewer pages cost lines, more cost hits in the dictionary. */
const pagesAtMost = 64;
const bytesAtMost = 256 << 10;
/** Blocks whose old versions are read ahead. */
const blocksAhead = 3;

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
  readonly content: Uint8Array | (() => AsyncIterable<Uint8Array>);
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
  let block = 0;
  for await (const bytes of blocksOf(member.content)) {
    signal.throwIfAborted();
    sum.update(bytes);
    await grain.take(block, bytes);
    await onBlock(bytes);
    block += 1;
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

const nothing: HeldContent = { bytes: Buffer.alloc(0), [Symbol.dispose]: () => undefined };

/** The blocks of a large member of the base: one frame each. */
class OldBlocks {
  readonly #archive: Archive;
  readonly #frames: FrameReader;
  readonly #member: IndexMember;

  constructor(archive: Archive, member: IndexMember) {
    this.#archive = archive;
    this.#frames = new FrameReader(archive.reader, archive.end.frames, 1);
    this.#member = member;
  }

  #frameOf(block: number): number | undefined {
    return block * blockSize < this.#member.sizeBytes ? this.#member.firstFrame + block : undefined;
  }

  sha256Of(block: number): Buffer | undefined {
    const frame = this.#frameOf(block);
    return frame === undefined ? undefined : this.#archive.end.frames.at(frame).contentSha256;
  }

  /** Empty beyond its end. */
  async hold(block: number): Promise<HeldContent> {
    const frame = this.#frameOf(block);
    return frame === undefined ? nothing : await this.#frames.hold(frame);
  }
}

class BlockGrain {
  readonly #frames: FrameWriter;
  readonly #old: OldBlocks;

  constructor(frames: FrameWriter, old: OldBlocks) {
    this.#frames = frames;
    this.#old = old;
  }

  async take(block: number, bytes: Buffer): Promise<void> {
    const sha256 = hash('sha256', bytes, 'buffer');
    if (this.#old.sha256Of(block)?.equals(sha256) === true) return;
    const content = Buffer.from(bytes);
    using old = await this.#old.hold(block);
    const compress = () => compressDelta(content, [old.bytes]);
    await this.#frames.writeDelta(compress, { length: content.length, block }, sha256);
  }

  async end(): Promise<void> {}

  facts() {
    return {};
  }
}

interface ChangedPage {
  readonly page: number;
  readonly bytes: Buffer;
  readonly old: Buffer;
}

/** Pages of one block that changed, while their old block is read. */
interface ChangedBlock {
  readonly pages: readonly { readonly page: number; readonly bytes: Buffer }[];
  readonly firstPage: number;
  readonly old: Promise<HeldContent>;
}

class PageGrain {
  readonly #frames: FrameWriter;
  readonly #old: OldBlocks;
  readonly #pageSize: number;
  readonly #oldHashes: OldHashes;
  readonly #pagesSum = createHash('sha256');
  readonly #reading: ChangedBlock[] = [];
  #group: ChangedPage[] = [];

  constructor(frames: FrameWriter, old: OldBlocks, pageSize: number, oldHashes: OldHashes) {
    this.#frames = frames;
    this.#old = old;
    this.#pageSize = pageSize;
    this.#oldHashes = oldHashes;
  }

  async take(block: number, bytes: Buffer): Promise<void> {
    const hashes = hashPages(bytes, this.#pageSize);
    this.#pagesSum.update(hashes);
    const changed = differing(hashes, await this.#oldHashes.take(hashes.length));
    if (changed.length === 0) return;
    const firstPage = (block * blockSize) / this.#pageSize;
    const pages = changed.map((nth) => ({
      page: firstPage + nth,
      bytes: Buffer.from(bytes.subarray(nth * this.#pageSize, (nth + 1) * this.#pageSize)),
    }));
    const old = this.#old.hold(block);
    // Its failure is thrown when its turn comes; until then nobody listens.
    old.catch(() => undefined);
    this.#reading.push({ pages, firstPage, old });
    if (this.#reading.length > blocksAhead) await this.#settleFirst();
  }

  async end(): Promise<void> {
    while (this.#reading.length > 0) await this.#settleFirst();
    await this.#flush();
  }

  facts() {
    return { pagesSha256: this.#pagesSum.digest('hex') };
  }

  async #settleFirst(): Promise<void> {
    const first = this.#reading.shift();
    if (first === undefined) return;
    using block = await first.old;
    for (const { page, bytes } of first.pages) {
      const at = (page - first.firstPage) * this.#pageSize;
      // A copy: a slice would keep the whole block in memory.
      const old = Buffer.from(block.bytes.subarray(at, at + this.#pageSize));
      this.#group.push({ page, bytes, old });
      if (this.#group.length === this.#pagesInFrame) await this.#flush();
    }
  }

  get #pagesInFrame(): number {
    return Math.max(1, Math.min(pagesAtMost, Math.floor(bytesAtMost / this.#pageSize)));
  }

  async #flush(): Promise<void> {
    const group = this.#group;
    if (group.length === 0) return;
    this.#group = [];
    const content = Buffer.concat(group.map(({ bytes }) => bytes));
    const delta = { length: content.length, pages: runsOf(group.map(({ page }) => page)) };
    const old = group.map((changed) => changed.old);
    const compress = () => compressDelta(content, old);
    await this.#frames.writeDelta(compress, delta, hash('sha256', content, 'buffer'));
  }
}

/** Page hashes of the old version, read in step. */
interface OldHashes {
  /** So many bytes of them, or what is left. */
  take(length: number): Promise<Buffer>;
}

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

function differing(hashes: Buffer, old: Buffer): readonly number[] {
  const changed: number[] = [];
  for (let at = 0; at < hashes.length; at += pageHashSize) {
    const end = at + pageHashSize;
    if (hashes.compare(old, Math.min(at, old.length), Math.min(end, old.length), at, end) !== 0) {
      changed.push(at / pageHashSize);
    }
  }
  return changed;
}

/** Blocks of 1 MiB; each is good until the next is asked for. */
async function* blocksOf(
  content: Uint8Array | (() => AsyncIterable<Uint8Array>),
): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafeSlow(blockSize);
  let used = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content()) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + blockSize - used);
      block.set(part, used);
      used += part.length;
      at += part.length;
      if (used === blockSize) {
        yield block;
        used = 0;
      }
    }
  }
  if (used > 0) yield block.subarray(0, used);
}
