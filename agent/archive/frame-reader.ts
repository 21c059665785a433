import { hash } from 'node:crypto';
import { damaged } from './damage.ts';
import { isDelta } from './delta-frame.ts';
import { fitsSum } from './frame-sum.ts';
import type { FrameTable } from './frame-table.ts';
import { freeBytes } from './free-bytes.ts';
import type { RangedReader } from './ranged-reader.ts';
import { decompressFrame, frameChecksum } from './zstd-frame.ts';

/** A frame as it lies in the file, and its content. */
export interface ReadFrame {
  readonly compressed: Buffer;
  /** Nothing in a delta frame: its payload unpacks only beside the base. */
  readonly content: Buffer;
}

/** The content of a frame until it is disposed; then its memory may be freed. */
export interface HeldContent extends Disposable {
  readonly bytes: Buffer;
}

/** Content that several may hold; freed when the last one leaves. */
interface SharedContent {
  readonly bytes: Promise<Buffer>;
  users: number;
}

/** Frames that are read and decompressed ahead of the one in use. */
const ahead = 5;

/**
 * Reads single frames and checks all that is known of them: sizes, checksum, hashes; or, with 'checksum', of
 * plain frames only sizes and checksum.
 */
export class FrameReader {
  readonly #reader: RangedReader;
  readonly #frames: FrameTable;
  readonly #checks: 'all' | 'checksum';
  /** The frames used last, oldest first: small members share a frame. */
  readonly #recent = new Map<number, SharedContent>();
  readonly #kept: number;

  constructor(
    reader: RangedReader,
    frames: FrameTable,
    kept = ahead + 1,
    checks: 'all' | 'checksum' = 'all',
  ) {
    this.#reader = reader;
    this.#frames = frames;
    this.#kept = kept;
    this.#checks = checks;
  }

  async read(frame: number): Promise<ReadFrame> {
    const entry = this.#frames.at(frame);
    const wrong = (cause?: unknown) =>
      damaged(this.#reader, `frame ${frame} at byte ${entry.offset} has changed`, cause);
    const compressed = await this.#reader.read(entry.offset, entry.size);
    const isHashed = this.#checks === 'all' || entry.contentSize === 0;
    if (isHashed && entry.sum && !fitsSum(compressed, entry.sum)) throw wrong();
    if (entry.contentSize === 0) {
      if (entry.sum === undefined || !isDelta(compressed)) throw wrong();
      return { compressed, content: Buffer.alloc(0) };
    }
    if (entry.size < 4 || frameChecksum(compressed) !== entry.checksum) throw wrong();
    const content = await decompressFrame(compressed, entry.contentSize).catch((error: unknown) => {
      throw wrong(error);
    });
    if (isHashed && entry.contentSha256 && !sha256(content).equals(entry.contentSha256))
      throw wrong();
    return { compressed, content };
  }

  /** Frames from `first` to before `end`, in order, some being read ahead. Each is good until the next is asked for. */
  async *readAhead(first: number, end: number, signal?: AbortSignal): AsyncGenerator<ReadFrame> {
    const hold = async (frame: number) => {
      const read = await this.read(frame);
      return { read, [Symbol.dispose]: () => freeFrame(read) };
    };
    for await (const { read } of inOrder(first, end, hold, signal)) yield read;
  }

  /** Content of the same frames, kept for the next who asks for one of them. Good until the next is asked for. */
  async *contents(first: number, end: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
    const held = inOrder(first, end, (frame) => this.hold(frame), signal);
    for await (const { bytes } of held) yield bytes;
  }

  async hold(frame: number): Promise<HeldContent> {
    const shared = this.#recent.get(frame) ?? this.#share(frame);
    shared.users += 1;
    return { bytes: await shared.bytes, [Symbol.dispose]: () => leave(shared) };
  }

  /** Begins to read a frame that somebody will hold soon. */
  prefetch(frame: number): void {
    // Its failure is thrown to who holds it.
    if (!this.#recent.has(frame)) this.#share(frame).bytes.catch(() => undefined);
  }

  #share(frame: number): SharedContent {
    const bytes = this.read(frame).then((read) => {
      freeBytes(read.compressed);
      return read.content;
    });
    const shared: SharedContent = { bytes, users: 1 };
    this.#recent.set(frame, shared);
    for (const [oldest, old] of this.#recent) {
      if (this.#recent.size <= this.#kept) break;
      this.#recent.delete(oldest);
      leave(old);
    }
    return shared;
  }
}

function leave(shared: SharedContent): void {
  shared.users -= 1;
  if (shared.users === 0) void shared.bytes.then(freeBytes, () => undefined);
}

function freeFrame({ compressed, content }: ReadFrame): void {
  freeBytes(compressed);
  freeBytes(content);
}

/** Each is disposed when the next one is asked for. */
async function* inOrder<T extends Disposable>(
  first: number,
  end: number,
  hold: (frame: number) => Promise<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const started: Promise<T>[] = [];
  let next = first;
  try {
    for (let frame = first; frame < end; frame++) {
      signal?.throwIfAborted();
      while (next < end && next <= frame + ahead) {
        const holding = hold(next++);
        // Its failure is thrown when its turn comes; until then nobody listens.
        holding.catch(() => undefined);
        started.push(holding);
      }
      using current = await started.shift();
      if (current !== undefined) yield current;
    }
  } finally {
    for (const unused of started) void unused.then(dispose, () => undefined);
  }
}

function dispose(held: Disposable): void {
  held[Symbol.dispose]();
}

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}
