import * as zlib from 'node:zlib';
import { bitsPerByte } from './entropy.ts';
import { decompressFrame, endsInEmptyFrame, frameParams, withoutEmptyFrame } from './zstd-frame.ts';

const { ZSTD_c_minMatch, ZSTD_c_hashLog, ZSTD_c_strategy, ZSTD_fast } = zlib.constants;
/**
 * Level 3 with a smaller table of short matches, which leaves more of a processor's cache to the other lanes:
 * 10 to 20 % less time, 1.4 % more size.
 */
const thorough = { ...frameParams, [ZSTD_c_minMatch]: 6, [ZSTD_c_hashLog]: 14 };
/** One table instead of two: of blocks that hardly shrink 30 % less time, 0.3 % more size. */
const quick = {
  ...frameParams,
  [ZSTD_c_strategy]: ZSTD_fast,
  [ZSTD_c_minMatch]: 6,
  [ZSTD_c_hashLog]: 16,
};
type LaneParams = NonNullable<zlib.ZstdOptions['params']>;

/** Bits a byte from which a block counts as one that hardly shrinks: most of it is compressed already. */
const denseFrom = 6.5;

/**
 * A compression context that turns each block into one complete frame. Keeping it saves 5 to 27 % CPU
 * against a one-shot call per block. One block at a time, and never `end()`: both would add a stray
 * empty frame (nodejs/node#66078).
 */
export interface ZstdLane extends Disposable {
  /** The block may be reused when the frame is there. */
  compress(block: Buffer): Promise<CompressedFrame>;
}

/** A frame in pieces; disposed when they are used. */
export interface CompressedFrame extends Disposable {
  readonly pieces: readonly Buffer[];
}

export function openLane(blockSize: number): ZstdLane {
  const slow = openContext(blockSize, thorough);
  let fast: ZstdLane | undefined;
  return {
    compress(block) {
      if (bitsPerByte(block) < denseFrom) return slow.compress(block);
      fast ??= openContext(blockSize, quick);
      return fast.compress(block);
    },
    [Symbol.dispose]() {
      slow[Symbol.dispose]();
      fast?.[Symbol.dispose]();
    },
  };
}

function openContext(blockSize: number, params: LaneParams): ZstdLane {
  // Many frames to a chunk: one that crosses into the next costs zstd a copy of the block, and us of the frame.
  const chunkSize = 4 * blockSize;
  const options: zlib.ZstdOptions & { highWaterMark: number } = {
    flush: zlib.constants.ZSTD_e_end,
    chunkSize,
    params,
    // Above the largest frame, so that no frame waits for a reader.
    highWaterMark: 8 * blockSize,
  };
  const stream = zlib.createZstdCompress(options);
  const chunks = new Chunks(chunkSize);
  return {
    async compress(block) {
      const frame = chunks.frameOf(await write(stream, block));
      const end = Buffer.concat(frame.pieces.slice(-2).map((piece) => piece.subarray(-64)));
      return endsInEmptyFrame(end) ? await withoutOneBehind(frame, block.length) : frame;
    },
    [Symbol.dispose]: () => stream.destroy(),
  };
}

function write(stream: zlib.ZstdCompress, block: Buffer): Promise<readonly Buffer[]> {
  return new Promise((resolve, reject) => {
    stream.write(block, (error) => {
      if (error) reject(error);
      else resolve(takeAll(stream));
    });
  });
}

/** A frame whose last byte fills a chunk has an empty one behind it; others may end in the same bytes by themselves. */
async function withoutOneBehind(made: CompressedFrame, length: number): Promise<CompressedFrame> {
  const frame = withoutEmptyFrame(Buffer.concat(made.pieces));
  const isWhole = await decompressFrame(frame, length).then(
    () => true,
    () => false,
  );
  if (!isWhole) return made;
  made[Symbol.dispose]();
  return { pieces: [frame], [Symbol.dispose]: () => undefined };
}

function takeAll(stream: zlib.ZstdCompress): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece: unknown = stream.read();
    if (!Buffer.isBuffer(piece)) return pieces;
    pieces.push(piece);
  }
}

/**
 * The chunks that frames lie in, each given back when the stream writes to another and no frame in it is
 * used any more: left to the collector, they make it walk the heap for every 64 MiB of them.
 */
class Chunks {
  /** How many frames in a chunk are in use. */
  readonly #users = new Map<ArrayBufferLike, number>();
  readonly #size: number;
  #current: ArrayBufferLike | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  frameOf(pieces: readonly Buffer[]): CompressedFrame {
    const chunks = [...new Set(pieces.map(({ buffer }) => buffer))];
    for (const chunk of chunks) this.#users.set(chunk, (this.#users.get(chunk) ?? 0) + 1);
    const before = this.#current;
    this.#current = chunks.at(-1) ?? before;
    if (before !== undefined) this.#freeUnused(before);
    return { pieces, [Symbol.dispose]: () => this.#leave(chunks) };
  }

  #leave(chunks: readonly ArrayBufferLike[]): void {
    for (const chunk of chunks) {
      this.#users.set(chunk, (this.#users.get(chunk) ?? 1) - 1);
      this.#freeUnused(chunk);
    }
  }

  #freeUnused(chunk: ArrayBufferLike): void {
    if (chunk === this.#current || this.#users.get(chunk) !== 0) return;
    this.#users.delete(chunk);
    // A frame that crosses into the next chunk comes as a copy, which may lie in Node's own pool.
    if (chunk instanceof ArrayBuffer && chunk.byteLength === this.#size) chunk.transfer(0);
  }
}
