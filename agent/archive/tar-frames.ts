import { createHash, hash } from 'node:crypto';
import { KedgeError } from '../../protocol/failures.ts';
import type { MemberContent } from './block-pool.ts';
import { blockSize, type FrameWriter } from './frame-writer.ts';
import type { MemberHeader } from './member.ts';
import { showName } from './member-name.ts';
import { encodeTarHeader, paddingOf } from './tar-header.ts';
import { type OnBlock, writeBlocks } from './write-blocks.ts';

/** Where a member's content went. */
export interface PlacedMember {
  readonly firstFrame: number;
  readonly offset: number;
  readonly sha256: string;
}

/**
 * The tar, cut into frames: small members are bundled, headers and all. Of a large one the headers end a
 * bundle, its frames hold its bytes only, and its padding opens the next bundle.
 */
export class TarFrames {
  readonly #frames: FrameWriter;
  readonly #signal: AbortSignal;
  #bundle: Buffer;
  #used = 0;

  constructor(frames: FrameWriter, signal: AbortSignal) {
    this.#frames = frames;
    this.#signal = signal;
    this.#bundle = frames.blocks.take();
  }

  /** `areCompared`: a differential compares the blocks of this member, where it is large, one by one. */
  async add(
    header: MemberHeader,
    content: MemberContent,
    onBlock: OnBlock,
    areCompared: boolean,
  ): Promise<PlacedMember> {
    this.#signal.throwIfAborted();
    const tarHeader = encodeTarHeader(header);
    const padding = paddingOf(header.sizeBytes);
    return tarHeader.length + header.sizeBytes + padding > blockSize
      ? await this.#addLarge(header, tarHeader, content, onBlock, areCompared)
      : await this.#addSmall(header, tarHeader, content, onBlock);
  }

  /** Ends the bundle, so that what follows begins a frame. */
  async closeBundle(): Promise<void> {
    if (this.#used === 0) return;
    const bundle = this.#bundle;
    const used = this.#used;
    this.#used = 0;
    this.#bundle = this.#frames.blocks.take();
    await this.#frames.write(bundle.subarray(0, used));
  }

  async #addSmall(
    header: MemberHeader,
    tarHeader: Buffer,
    content: MemberContent,
    onBlock: OnBlock,
  ): Promise<PlacedMember> {
    const whole = content instanceof Uint8Array ? content : await gather(header, content());
    if (whole.length !== header.sizeBytes) throw wrongSize(header, whole.length);
    const padding = paddingOf(whole.length);
    await this.#makeRoom(tarHeader.length + whole.length + padding);
    this.#put(tarHeader);
    const offset = this.#used;
    this.#put(whole);
    await onBlock(this.#bundle.subarray(offset, this.#used));
    this.#putZeros(padding);
    return { firstFrame: this.#frames.next, offset, sha256: hash('sha256', whole) };
  }

  async #addLarge(
    header: MemberHeader,
    tarHeader: Buffer,
    content: MemberContent,
    onBlock: OnBlock,
    areCompared: boolean,
  ): Promise<PlacedMember> {
    await this.#makeRoom(tarHeader.length);
    this.#put(tarHeader);
    await this.closeBundle();
    const firstFrame = this.#frames.next;
    const sum = createHash('sha256');
    let seen = 0;
    const take: OnBlock = async (block) => {
      this.#signal.throwIfAborted();
      seen += block.length;
      if (seen > header.sizeBytes) throw wrongSize(header, seen);
      sum.update(block);
      await onBlock(block);
    };
    const total = await writeBlocks(this.#frames, content, take, areCompared);
    if (total !== header.sizeBytes) throw wrongSize(header, total);
    this.#putZeros(paddingOf(header.sizeBytes));
    return { firstFrame, offset: 0, sha256: sum.digest('hex') };
  }

  async #makeRoom(bytes: number): Promise<void> {
    if (this.#used + bytes > blockSize) await this.closeBundle();
  }

  #put(bytes: Uint8Array): void {
    this.#bundle.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  #putZeros(count: number): void {
    this.#bundle.fill(0, this.#used, this.#used + count);
    this.#used += count;
  }
}

async function gather(header: MemberHeader, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > header.sizeBytes) break;
    parts.push(Buffer.from(chunk));
  }
  if (total !== header.sizeBytes) throw wrongSize(header, total);
  return Buffer.concat(parts);
}

function wrongSize(header: MemberHeader, found: number): KedgeError {
  const cause = `${showName(header.name)} was announced with ${header.sizeBytes} bytes and gave ${found}`;
  return new KedgeError('internal', { cause });
}
