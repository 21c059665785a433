import { createHash, hash } from 'node:crypto';
import { KedgeError } from '../../protocol/failures.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { damaged } from '../archive/damage.ts';
import {
  type DeltaFrame,
  decompressDelta,
  deltaHeaderSize,
  pagesIn,
} from '../archive/delta-frame.ts';
import { FrameReader, type HeldContent } from '../archive/frame-reader.ts';
import type { IndexMember } from '../archive/member.ts';
import { showName } from '../archive/member-name.ts';

/** Old blocks kept: the pages of one delta frame seldom lie further apart. */
const blocksKept = 16;
const blocksAhead = 3;

interface Patch {
  /** Place in the member, bytes. */
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * The content of a member that is made of deltas, block by block, each good until the next is asked for; proven
 * by its hash before the last one.
 */
export async function* patchedContent(
  archive: Archive,
  base: Archive,
  member: IndexMember,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const { blockSize } = archive.header;
  const old = new OldVersion(base, member, blockSize);
  const deltas = new Deltas(archive, old, member);
  // What the full does not have a delta must bring: the size alone could fill a disk.
  if (member.sizeBytes > old.sizeBytes + deltas.contentBytes) {
    throw damaged(
      archive.reader,
      `its index makes ${showName(member.name)} longer than its deltas do`,
    );
  }
  const sum = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(Math.min(blockSize, member.sizeBytes));
  for (let start = 0; start < member.sizeBytes; start += blockSize) {
    signal.throwIfAborted();
    const length = Math.min(blockSize, member.sizeBytes - start);
    const block = buffer.subarray(0, length);
    const patches = await deltas.upTo(start + length);
    const covered = patches.length === 1 && patches[0]?.bytes.length === length;
    if (!covered) block.fill(0, await old.copy(start / blockSize, block));
    for (const { at, bytes } of patches) bytes.copy(block, at - start);
    sum.update(block);
    const isLast = start + length === member.sizeBytes;
    if (isLast && sum.digest('hex') !== member.sha256) {
      throw damaged(archive.reader, `member ${showName(member.name)} is not what its deltas give`);
    }
    yield block;
  }
}

/** The member in the base that deltas change. */
class OldVersion {
  readonly #frames: FrameReader;
  readonly #member: IndexMember;
  readonly #blockSize: number;

  constructor(base: Archive, member: IndexMember, blockSize: number) {
    if (member.old === undefined || base.header.blockSize !== blockSize) {
      throw damaged(base.reader, `it has no ${showName(member.name)} that deltas could change`);
    }
    this.#frames = new FrameReader(base.reader, base.end.frames, blocksKept);
    this.#member = member.old;
    this.#blockSize = blockSize;
  }

  get sizeBytes(): number {
    return this.#member.sizeBytes;
  }

  /** Nothing beyond its end; answers how many bytes it had. */
  async copy(block: number, to: Buffer): Promise<number> {
    using old = await this.#hold(block);
    return old?.bytes.copy(to) ?? 0;
  }

  async bytes(at: number, length: number): Promise<Buffer> {
    using old = await this.#hold(Math.floor(at / this.#blockSize));
    const from = at % this.#blockSize;
    return Buffer.from(old?.bytes.subarray(from, from + length) ?? []);
  }

  async #hold(block: number): Promise<HeldContent | undefined> {
    const { firstFrame, sizeBytes } = this.#member;
    const blocks = Math.ceil(sizeBytes / this.#blockSize);
    if (block >= blocks) return undefined;
    const held = this.#frames.hold(firstFrame + block);
    // Deltas go through it from its beginning to its end.
    const end = Math.min(block + 1 + blocksAhead, blocks);
    for (let next = block + 1; next < end; next++) this.#frames.prefetch(firstFrame + next);
    return await held;
  }
}

/** The delta frames of a member, decoded in order as their places come up. */
class Deltas {
  readonly #archive: Archive;
  readonly #frames: FrameReader;
  readonly #old: OldVersion;
  readonly #member: IndexMember;
  readonly #grain: number;
  #next: number;
  #waiting: Patch[] = [];

  constructor(archive: Archive, old: OldVersion, member: IndexMember) {
    this.#archive = archive;
    this.#frames = new FrameReader(archive.reader, archive.end.frames);
    this.#old = old;
    this.#member = member;
    this.#grain = member.pageSize ?? archive.header.blockSize;
    this.#next = member.firstFrame;
  }

  /** What all of them unpack to, bytes. */
  get contentBytes(): number {
    let bytes = 0;
    for (let frame = this.#next; frame < this.#end; frame++) {
      bytes += this.#archive.deltas.get(frame)?.length ?? 0;
    }
    return bytes;
  }

  get #end(): number {
    return this.#member.firstFrame + (this.#member.deltas ?? 0);
  }

  /** The patches that begin before this place and were not given yet. */
  async upTo(end: number): Promise<readonly Patch[]> {
    for (let delta = this.#peek(); delta !== undefined; delta = this.#peek()) {
      if ((delta.pages?.[0] ?? delta.block ?? 0) * this.#grain >= end) break;
      this.#waiting.push(...(await this.#decode(this.#next, delta)));
      this.#next += 1;
    }
    const given = this.#waiting.filter(({ at }) => at < end);
    this.#waiting = this.#waiting.filter(({ at }) => at >= end);
    return given;
  }

  #peek(): DeltaFrame | undefined {
    return this.#next < this.#end ? this.#archive.deltas.get(this.#next) : undefined;
  }

  async #decode(frame: number, delta: DeltaFrame): Promise<readonly Patch[]> {
    const places = this.#placesOf(frame, delta);
    const old: Buffer[] = [];
    // As far as the old version goes: of one that shrank, what it had beyond the new end too.
    for (const { at } of places) old.push(await this.#old.bytes(at, this.#grain));
    const { compressed } = await this.#frames.read(frame);
    const wrong = (cause?: unknown) =>
      damaged(this.#archive.reader, `delta frame ${frame} does not unpack beside its base`, cause);
    const payload = compressed.subarray(deltaHeaderSize);
    const content = await decompressDelta(payload, delta.length, old).catch((error: unknown) => {
      throw wrong(error);
    });
    const known = this.#archive.end.frames.at(frame).contentSha256;
    if (known === undefined || !hash('sha256', content, 'buffer').equals(known)) throw wrong();
    let from = 0;
    return places.map(({ at, length }) => {
      const bytes = content.subarray(from, from + length);
      from += length;
      return { at, bytes };
    });
  }

  /** Where its pages or its block lie in the member; together they are as long as the frame. */
  #placesOf(frame: number, { length, pages, block }: DeltaFrame) {
    const numbers = pages === undefined ? [block ?? 0] : pagesIn(pages);
    const { sizeBytes } = this.#member;
    const places = numbers.map((number) => {
      const at = number * this.#grain;
      return { at, length: Math.max(0, Math.min(this.#grain, sizeBytes - at)) };
    });
    if (places.reduce((sum, place) => sum + place.length, 0) !== length) {
      const problem = `delta frame ${frame} does not fit its member`;
      throw new KedgeError('archive-damaged', { path: this.#archive.reader.path, problem });
    }
    return places;
  }
}
