import { createHash, type Hash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ArchiveOutput } from './archive-output.ts';
import { BlockPool } from './block-pool.ts';
import { type DeltaFrame, wrapDelta } from './delta-frame.ts';
import { crcSum } from './frame-sum.ts';
import { FrameTable } from './frame-table.ts';
import { freeBytes } from './free-bytes.ts';
import { emptyChecksum } from './seek-table.ts';
import { openLane, type ZstdLane } from './zstd-lane.ts';

/** Content bytes of a full frame. */
export const blockSize = 1 << 20;
/** More than three lanes were not faster on two cores, and cost memory. */
const laneCount = 3;

/**
 * Turns blocks into frames and appends them to the file in order, compressing a few at a time.
 * A failure of the disk is thrown by the next call.
 */
export class FrameWriter implements Disposable {
  readonly table = new FrameTable();
  /** Blocks of `blockSize` bytes; `write` gives back what it got. */
  readonly blocks = new BlockPool(blockSize);
  /** The delta frames among them, by number. */
  readonly deltas = new Map<number, DeltaFrame>();
  readonly #output: ArchiveOutput;
  readonly #lanes: ZstdLane[] = [];
  readonly #idle: ZstdLane[] = [];
  #tail: Hash | undefined;
  #pending = 0;
  #written: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;
  #started = 0;
  #position = 0;

  constructor(output: ArchiveOutput) {
    this.#output = output;
    for (let lane = 0; lane < laneCount; lane++) this.#lanes.push(openLane(blockSize));
    this.#idle.push(...this.#lanes);
  }

  /** Number of the frame that the next block becomes. */
  get next(): number {
    return this.#started;
  }

  get position(): number {
    return this.#position;
  }

  /**
   * Writes a block, or its beginning, as the next frame; returns when another may come.
   * `isCompared`: a differential will ask whether this block is still the same, so its hash is kept.
   */
  async write(block: Buffer, isCompared = false): Promise<void> {
    const lane = await this.#takeLane();
    this.#started += 1;
    const compressed = lane.compress(block);
    const contentSha256 = isCompared ? hash('sha256', block, 'buffer') : undefined;
    const released = compressed.then(() => {
      this.#idle.push(lane);
      this.blocks.give(block);
      this.#wake?.();
    });
    this.#queue(Promise.all([compressed, released]), async ([made]) => {
      using frame = made;
      const { pieces } = frame;
      const checksum = lastWord(pieces);
      await this.#append(pieces, { contentSize: block.length, checksum, contentSha256 });
    });
  }

  /** The same for a delta frame, which is compressed elsewhere. */
  async writeDelta(compress: () => Promise<Buffer>, delta: DeltaFrame, contentSha256: Buffer) {
    await this.#waitUntil(() => this.#pending < 2 * laneCount);
    this.deltas.set(this.#started, delta);
    this.#started += 1;
    this.#queue(compress(), async (payload) => {
      await this.#append(wrapDelta(payload), {
        contentSize: 0,
        checksum: emptyChecksum,
        contentSha256,
      });
      freeBytes(payload);
    });
  }

  #queue<T>(compressed: Promise<T>, append: (frame: T) => Promise<void>): void {
    this.#pending += 1;
    this.#written = Promise.all([compressed, this.#written])
      .then(([frame]) => append(frame))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#pending -= 1;
        this.#wake?.();
      });
  }

  /** Waits until all frames are in the file. */
  async drain(): Promise<void> {
    await this.#written;
    this.#throwFailure();
  }

  /** Begins the tail: from here on the compressed bytes are hashed apart. Only after `drain`. */
  startTail(): void {
    this.#tail = createHash('sha256');
  }

  /** Only after `startTail` and `drain`. */
  tailSha256(): Buffer {
    if (this.#tail === undefined) throw new Error('the tail has not begun');
    return this.#tail.digest();
  }

  /** Appends bytes as they are. Only after `drain`. */
  async writeRaw(bytes: Buffer): Promise<void> {
    await this.#output.append(bytes);
    this.#position += bytes.length;
  }

  [Symbol.dispose](): void {
    for (const lane of this.#lanes) lane[Symbol.dispose]();
  }

  async #takeLane(): Promise<ZstdLane> {
    // As many frames wait for the disk as are compressed, no more: this bounds memory.
    await this.#waitUntil(() => this.#pending < 2 * laneCount && this.#idle.length > 0);
    const lane = this.#idle.pop();
    if (lane === undefined) throw new Error('a lane was taken twice');
    return lane;
  }

  async #waitUntil(isFree: () => boolean): Promise<void> {
    for (;;) {
      this.#throwFailure();
      if (isFree()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #append(
    pieces: readonly Buffer[],
    content: {
      readonly contentSize: number;
      readonly checksum: number;
      readonly contentSha256: Buffer | undefined;
    },
  ): Promise<void> {
    if (this.#failure !== undefined) return;
    let crc = 0;
    let size = 0;
    for (const piece of pieces) {
      crc = crc32(piece, crc);
      this.#tail?.update(piece);
      await this.#output.append(piece);
      size += piece.length;
    }
    this.#position += size;
    const { contentSize, checksum, contentSha256 } = content;
    this.table.append(size, contentSize, checksum, { sum: crcSum(crc), contentSha256 });
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** The last four bytes of a frame, its checksum, which two pieces may share. */
function lastWord(pieces: readonly Buffer[]): number {
  const last = Buffer.concat(pieces.slice(-2).map((piece) => piece.subarray(-4)));
  return last.readUInt32LE(last.length - 4);
}
