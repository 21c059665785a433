import { createHash, hash } from 'node:crypto';
import { compressDelta, runsOf } from './delta-frame.ts';
import type { HeldContent } from './frame-reader.ts';
import { blockSize, type FrameWriter } from './frame-writer.ts';
import { freeBytes } from './free-bytes.ts';
import type { OldBlocks } from './old-blocks.ts';
import { pageHashSize, putPageHash } from './page-hashes.ts';
import type { TakenBlock } from './taken-blocks.ts';

/** Measured best, the index counted in: fewer pages cost lines, more cost hits in the dictionary. */
const pagesAtMost = 64;
const bytesAtMost = 256 << 10;
/** Blocks whose old versions are read ahead. */
const blocksAhead = 4;

/** Page hashes of the old version, read in step. */
export interface OldHashes {
  /** So many bytes of them, or what is left. */
  take(length: number): Promise<Buffer>;
}

/** Changed pages that become one delta frame, beside what they were. */
interface PageGroup {
  readonly pages: number[];
  readonly now: Buffer;
  readonly old: Buffer;
  nowBytes: number;
  oldBytes: number;
}

/** A block that differs from `firstChanged` on, while its old version is read. */
interface ChangedBlock {
  readonly block: TakenBlock;
  /** Right before `firstChanged`, those of the old version from there on. */
  readonly hashes: Buffer;
  readonly firstChanged: number;
  readonly old: Promise<HeldContent>;
}

/**
 * What of a database differs from its old version, by page. The pages of a block are hashed up to the first
 * one that differs; what follows is compared with the old block itself, which is needed then anyway, because
 * comparing costs a tenth of hashing.
 */
export class PageGrain {
  readonly #frames: FrameWriter;
  readonly #old: OldBlocks;
  readonly #pageSize: number;
  readonly #oldHashes: OldHashes;
  readonly #pagesSum = createHash('sha256');
  readonly #reading: ChangedBlock[] = [];
  #group: PageGroup | undefined;

  constructor(frames: FrameWriter, old: OldBlocks, pageSize: number, oldHashes: OldHashes) {
    this.#frames = frames;
    this.#old = old;
    this.#pageSize = pageSize;
    this.#oldHashes = oldHashes;
  }

  async take(block: TakenBlock): Promise<void> {
    const { bytes } = block;
    const pages = Math.ceil(bytes.length / this.#pageSize);
    const old = await this.#oldHashes.take(pages * pageHashSize);
    const hashes = Buffer.alloc(pages * pageHashSize);
    const firstChanged = this.#hashUntilChanged(bytes, old, hashes);
    if (firstChanged === pages) {
      while (this.#reading.length > 0) await this.#settleFirst();
      this.#pagesSum.update(hashes);
      this.#frames.blocks.give(bytes);
      return;
    }
    old.copy(hashes, firstChanged * pageHashSize, firstChanged * pageHashSize);
    const reading = this.#old.hold(block.number);
    // Its failure is thrown when its turn comes; until then nobody listens.
    reading.catch(() => undefined);
    this.#reading.push({ block, hashes, firstChanged, old: reading });
    if (this.#reading.length > blocksAhead) await this.#settleFirst();
  }

  async end(): Promise<void> {
    while (this.#reading.length > 0) await this.#settleFirst();
    await this.#flush();
  }

  facts() {
    return { pagesSha256: this.#pagesSum.digest('hex') };
  }

  /** Fills in the hashes of unchanged pages; the number of the first other one. */
  #hashUntilChanged(bytes: Buffer, old: Buffer, hashes: Buffer): number {
    const pages = hashes.length / pageHashSize;
    for (let page = 0; page < pages; page++) {
      const [at, end] = [page * pageHashSize, (page + 1) * pageHashSize];
      putPageHash(this.#page(bytes, page), hashes, page);
      if (end > old.length || hashes.compare(old, at, end, at, end) !== 0) return page;
    }
    return pages;
  }

  #page(block: Buffer, page: number): Buffer {
    return block.subarray(page * this.#pageSize, (page + 1) * this.#pageSize);
  }

  async #settleFirst(): Promise<void> {
    const first = this.#reading.shift();
    if (first === undefined) return;
    const { hashes, block } = first;
    const { bytes, number } = block;
    using old = await first.old;
    const pages = hashes.length / pageHashSize;
    const pageBefore = (number * blockSize) / this.#pageSize;
    for (let page = first.firstChanged; page < pages; page++) {
      const at = page * this.#pageSize;
      const end = Math.min(at + this.#pageSize, bytes.length);
      // The last page of either may be short. By place: a slice for each page would be work for the collector.
      const oldEnd = Math.min(at + this.#pageSize, old.bytes.length);
      if (oldEnd === end && bytes.compare(old.bytes, at, end, at, end) === 0) continue;
      const now = bytes.subarray(at, end);
      putPageHash(now, hashes, page);
      await this.#add(pageBefore + page, now, this.#page(old.bytes, page));
    }
    this.#pagesSum.update(hashes);
    this.#frames.blocks.give(bytes);
  }

  get #pagesInFrame(): number {
    return Math.max(1, Math.min(pagesAtMost, Math.floor(bytesAtMost / this.#pageSize)));
  }

  /** Copies: slices would keep the whole blocks in memory. */
  async #add(page: number, now: Buffer, old: Buffer): Promise<void> {
    this.#group ??= this.#newGroup();
    const group = this.#group;
    group.pages.push(page);
    group.nowBytes += now.copy(group.now, group.nowBytes);
    group.oldBytes += old.copy(group.old, group.oldBytes);
    if (group.pages.length === this.#pagesInFrame) await this.#flush();
  }

  #newGroup(): PageGroup {
    const bytes = this.#pagesInFrame * this.#pageSize;
    const [now, old] = [Buffer.allocUnsafeSlow(bytes), Buffer.allocUnsafeSlow(bytes)];
    return { pages: [], now, old, nowBytes: 0, oldBytes: 0 };
  }

  async #flush(): Promise<void> {
    const group = this.#group;
    if (group === undefined) return;
    this.#group = undefined;
    const content = group.now.subarray(0, group.nowBytes);
    const delta = { length: content.length, pages: runsOf(group.pages) };
    const compress = async () => {
      const frame = await compressDelta(content, [group.old.subarray(0, group.oldBytes)]);
      freeBytes(group.now);
      freeBytes(group.old);
      return frame;
    };
    await this.#frames.writeDelta(compress, delta, hash('sha256', content, 'buffer'));
  }
}
